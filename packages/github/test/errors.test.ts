import {
  PermissionError,
  RateLimitError,
  RedirectBlockedError,
  RemoteError,
  ValidationError,
} from '@agent/core'
import { defaultGithubSeed, githubSecondaryRateLimit } from '@agent/emulators'
import { describe, expect, it } from 'vitest'
import { failureOf, place, token, useGithub } from './world.ts'

const world = useGithub()
const anIssue = { ...place, issue_number: 1 }

describe('refusals', () => {
  it('404 is NOT_FOUND with the request id', async () => {
    const error = await failureOf(world.connect().issues.get({ ...place, issue_number: 999 }))
    expect(RemoteError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({
      code: 'NOT_FOUND',
      status: 404,
      outcome: 'rejected',
      isRetryable: false,
      requestId: expect.stringMatching(/^[0-9A-F:]+$/) as string,
      message: 'GitHub issues.get was refused with 404: Not Found',
    })
  })

  it('T28 404 for what the scopes of the token hide says which scope would do', async () => {
    const github = world.connect({ auth: token('test-token-no-scopes') })
    const error = await failureOf(github.repositories.get({ owner: 'harborworks', repo: 'infrastructure' }))
    expect(error).toMatchObject({
      code: 'NOT_FOUND',
      hint: expect.stringContaining('the scope repo') as string,
    })
  })

  it('T28 403 for a fine-grained token names the permission', async () => {
    const github = world.connect({ auth: token('test-token-fine-grained') })
    const error = await failureOf(github.pull_requests.update({ ...place, pull_number: 4, title: 'New' }))
    expect(PermissionError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({
      code: 'PERMISSION_DENIED',
      status: 403,
      hint: 'Grant the token pull_requests=write.',
      message: expect.stringContaining('Resource not accessible by personal access token') as string,
    })
  })

  it('T28 403 for a classic token names the scope', async () => {
    const github = world.connect({ auth: token('test-token-no-scopes') })
    const error = await failureOf(github.issues.create({ ...place, title: 'No scope' }))
    expect(PermissionError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({
      code: 'PERMISSION_DENIED',
      hint: 'Grant the token one of the scopes public_repo, repo.',
    })
  })

  it('422 names the fields', async () => {
    const again = { ...place, name: 'bug', color: 'd73a4a' }
    expect(await failureOf(world.connect().labels.create(again))).toMatchObject({
      code: 'REQUEST_REJECTED',
      status: 422,
      message: expect.stringContaining('Validation Failed (name: already_exists)') as string,
      issues: [{ path: 'name', expected: 'another value (already_exists)' }],
    })
    const noBranch = { ...place, title: 'x', head: 'nowhere', base: 'main' }
    expect(await failureOf(world.connect().pull_requests.create(noBranch))).toMatchObject({
      issues: [{ path: 'head' }],
    })
  })

  it('410 says that it is gone', async () => {
    const body = { message: 'This issue was deleted', status: '410' }
    world.emulator.addFault({ kind: 'fails-before-applying', status: 410, body })
    expect(await failureOf(world.connect().issues.get(anIssue))).toMatchObject({
      code: 'NOT_FOUND',
      status: 410,
      message: expect.stringContaining('This issue was deleted') as string,
      hint: expect.stringContaining('do not try again') as string,
    })
  })

  it('400 for an unknown apiVersion says how to choose another', async () => {
    const error = await failureOf(world.connect({ apiVersion: '2020-01-01' }).viewer.get())
    expect(error).toMatchObject({ status: 400, hint: expect.stringContaining('2022-11-28') as string })
  })

  it('wrong parameters send nothing', async () => {
    const callAsModel = (entity: string, action: string, params: unknown) =>
      world.connect().execute(entity, action, params)
    const error = await failureOf(callAsModel('issues', 'create', { ...place, titel: 'x' }))
    expect(ValidationError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('title') as string,
    })
    expect(world.emulator.requests).toEqual([])
  })
})

describe('secondary rate limit', () => {
  it.each([403, 429] as const)(
    '%i is waited out where Retry-After allows it, for writes too',
    async (status) => {
      world.emulator.addFault(githubSecondaryRateLimit({ status, retryAfterSeconds: 0 }))
      const made = await world.connect().issues.create({ ...place, title: 'Patience' })
      expect(made.number).toBe(5)
      expect(world.emulator.requests.map((request) => request.status)).toEqual([status, 201])
    },
  )

  it('with a long Retry-After is RateLimitError at once', async () => {
    world.emulator.addFault(githubSecondaryRateLimit({ retryAfterSeconds: 90 }))
    const error = await failureOf(world.connect().issues.get(anIssue))
    expect(RateLimitError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({ code: 'RATE_LIMITED', status: 403, remoteCode: 'secondary' })
    expect(secondsUntil(error)).toBeCloseTo(90, -1)
    expect(world.emulator.requests).toHaveLength(1)
  })

  it('without Retry-After asks for a minute', async () => {
    world.emulator.addFault(githubSecondaryRateLimit())
    const error = await failureOf(world.connect({ maxWaitMs: 0 }).issues.get(anIssue))
    expect(RateLimitError.isInstance(error)).toBe(true)
    expect(PermissionError.isInstance(error)).toBe(false)
    expect(error).toMatchObject({ code: 'RATE_LIMITED', isRetryable: true, outcome: 'rejected' })
    expect(secondsUntil(error)).toBeCloseTo(60, -1)
  })
})

describe('primary rate limit', () => {
  const scarce = useGithub({ seed: { ...defaultGithubSeed, rateLimit: { core: 1 } } })

  it('is RateLimitError until the reset', async () => {
    const github = scarce.connect()
    const { meta } = await github.issues.list(place)
    expect(meta.rateLimit).toMatchObject({ remaining: 0, limit: 1, resource: 'core' })
    const error = await failureOf(github.issues.get(anIssue))
    expect(error).toMatchObject({ code: 'RATE_LIMITED', status: 403, remoteCode: 'primary' })
    const { retryAt } = error as RateLimitError
    expect(retryAt?.getTime()).toBe(meta.rateLimit!.resetAt!.getTime() + 1000)
  })

  it('is not blamed for a permission that the last call of the hour lacked', async () => {
    const github = scarce.connect({ auth: token('test-token-fine-grained') })
    const error = await failureOf(github.pull_requests.update({ ...place, pull_number: 4, title: 'New' }))
    expect(error).toMatchObject({ code: 'PERMISSION_DENIED', hint: 'Grant the token pull_requests=write.' })
  })
})

describe('a renamed repository', () => {
  it('is followed by reads, page after page', async () => {
    const github = world.connect()
    await github.repositories.update({ ...place, name: 'invoices' })
    expect(await github.repositories.get(place)).toMatchObject({ full_name: 'harborworks/invoices' })
    const titles: string[] = []
    for await (const page of github.labels.list({ ...place, limit: 5 }).pages())
      titles.push(...page.data.map(({ name }) => name))
    expect(titles).toHaveLength(9)
    expect(world.emulator.requests.map(({ status }) => status)).toContain(301)
  })

  it('stops writes, which name it no longer', async () => {
    const github = world.connect()
    await github.repositories.update({ ...place, name: 'invoices' })
    const error = await failureOf(github.issues.create({ ...place, title: 'Lost?' }))
    expect(RedirectBlockedError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({ code: 'REDIRECT_BLOCKED', status: 307, outcome: 'rejected' })
    expect(world.emulator.state.repositories.get('harborworks/invoices')?.issues.has(5)).toBe(false)
  })
})

describe('a write whose answer is lost', () => {
  it('is not sent again', async () => {
    world.emulator.addFault({ kind: 'fails-after-applying', status: 502 })
    const error = await failureOf(world.connect().issues.create({ ...place, title: 'Once' }))
    expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN', outcome: 'unknown', isRetryable: false })
    const issues = world.emulator.state.repositories.get('harborworks/billing-portal')?.issues
    expect([...(issues?.values() ?? [])].filter(({ title }) => title === 'Once')).toHaveLength(1)
  })
})

const secondsUntil = (error: unknown) => ((error as RateLimitError).retryAt!.getTime() - Date.now()) / 1000
