import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readGithubError } from './errors.ts'

const now = Date.parse('2026-05-01T12:00:00Z')
const soon = String(now / 1000 + 120)

const read = (status: number, json: unknown, headers: Record<string, string> = {}) =>
  readGithubError({ status, json, headers: new Headers(headers) })

const limits = (remaining: string, reset: string) => ({
  'x-ratelimit-limit': '5000',
  'x-ratelimit-remaining': remaining,
  'x-ratelimit-reset': reset,
  'x-ratelimit-resource': 'core',
})

const primary = { message: 'API rate limit exceeded for user ID 1.' }
const secondary = { message: 'You have exceeded a secondary rate limit. Please wait a few minutes.' }
const refused = { message: 'Resource not accessible by integration' }

beforeEach(() => {
  vi.useFakeTimers({ now })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('rate limits', () => {
  const at = (ms: number) => new Date(now + ms)

  it.each([403, 429])('%i with nothing left is the primary limit until the reset', (status) => {
    expect(read(status, primary, limits('0', soon))).toMatchObject({
      code: 'RATE_LIMITED',
      remoteCode: 'primary',
      retryAt: at(121_000),
    })
  })

  it('asks for a second at least when the reset has passed', () => {
    expect(read(403, primary, limits('0', String(now / 1000 - 50))).retryAt).toEqual(at(1000))
  })

  it.each([403, 429])('%i of the secondary limit asks for a minute', (status) => {
    expect(read(status, secondary, limits('4000', soon))).toMatchObject({
      code: 'RATE_LIMITED',
      remoteCode: 'secondary',
      retryAt: at(60_000),
    })
  })

  it('of the secondary kind waits for the reset where nothing is left', () => {
    expect(read(403, secondary, limits('0', soon))).toMatchObject({
      remoteCode: 'secondary',
      retryAt: at(121_000),
    })
  })

  it('leaves Retry-After to the client', () => {
    const details = read(403, secondary, { 'retry-after': '7' })
    expect(details.code).toBe('RATE_LIMITED')
    expect(details.retryAt).toBeUndefined()
  })

  it('are known by Retry-After too, whatever the words', () => {
    expect(read(403, undefined, { 'retry-after': '7' }).code).toBe('RATE_LIMITED')
    expect(read(403, { message: 'You have triggered an abuse detection mechanism.' }).code).toBe(
      'RATE_LIMITED',
    )
  })

  it('429 without a word is one', () => {
    expect(read(429, undefined)).toMatchObject({ code: 'RATE_LIMITED', retryAt: at(60_000) })
  })

  it('403 that lacks a permission is none, with nothing left either', () => {
    expect(read(403, refused, limits('0', soon)).code).toBeUndefined()
    expect(read(403, refused, limits('12', soon)).code).toBeUndefined()
  })

  it.each(['many', '-1', '1e9', ''])('a remaining of %j is ignored', (remaining) => {
    expect(read(403, primary, limits(remaining, soon)).code).toBeUndefined()
  })
})

describe('messages', () => {
  it('come with what GitHub says of each field', () => {
    const errors = [
      { resource: 'Issue', field: 'title', code: 'missing_field' },
      { resource: 'PullRequest', code: 'custom', message: 'No commits between main and topic' },
    ]
    expect(read(422, { message: 'Validation Failed', errors })).toMatchObject({
      message: 'Validation Failed (title: missing_field; No commits between main and topic)',
      issues: [
        { path: 'title', expected: 'another value (missing_field)' },
        { path: '', expected: 'another value (No commits between main and topic)' },
      ],
    })
  })

  it('come with errors that are sentences', () => {
    const errors = ['Can not approve your own pull request']
    const details = read(422, { message: 'Unprocessable Entity', errors })
    expect(details.message).toBe('Unprocessable Entity (Can not approve your own pull request)')
    expect(details.issues).toBeUndefined()
  })

  it('tell how to choose another API version, where errors is one text', () => {
    const errors = 'The version you specified in the "X-GitHub-API-Version" request header is not supported.'
    expect(read(400, { message: 'Bad Request', errors }).hint).toMatch(/apiVersion/)
    expect(read(400, { message: 'The requested API version is not supported' }).hint).toMatch(/apiVersion/)
    expect(read(400, { message: 'Problems parsing JSON' }).hint).toBeUndefined()
  })

  it('of too many bad logins blame the credential', () => {
    const message = 'Maximum number of login attempts exceeded. Please try again later.'
    expect(read(403, { message }).code).toBe('AUTH_REJECTED')
  })

  it.each([undefined, null, 'text', 7, [], { message: 7 }, { errors: [null, 7, {}, { field: 1 }] }])(
    'are not expected of %j',
    (json) => {
      for (const status of [400, 403, 404, 405, 410, 422, 500]) {
        expect(() => read(status, json)).not.toThrow()
        expect(read(status, json).code).toBeUndefined()
      }
    },
  )
})
