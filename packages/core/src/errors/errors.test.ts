import { describe, expect, it } from 'vitest'
import * as core from '../index.ts'
import type * as base from './connector-error.ts'
import type * as errors from './errors.ts'
import { nearest } from './nearest.ts'

const { AbortError, ConnectorError, QuotaExhaustedError, RateLimitError, TimeoutError, TransportError } = core

describe('ConnectorError', () => {
  const retryAt = new Date('2026-11-05T12:00:00Z')
  const error = new QuotaExhaustedError('Used up.', {
    code: 'QUOTA_EXHAUSTED',
    outcome: 'rejected',
    hint: 'Wait.',
    status: 429,
    requestId: 'r-1',
    attempts: 2,
    retryAt,
    remoteCode: 'DAILY',
    issues: [{ path: 'a', expected: 'b' }],
    cause: new TimeoutError('inner', { code: 'TIMEOUT', outcome: 'unknown' }),
  })

  it('is JSON-safe and complete', () => {
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'QuotaExhaustedError',
      message: 'Used up.',
      code: 'QUOTA_EXHAUSTED',
      outcome: 'rejected',
      isRetryable: false,
      attempts: 2,
      hint: 'Wait.',
      status: 429,
      requestId: 'r-1',
      retryAt: '2026-11-05T12:00:00.000Z',
      remoteCode: 'DAILY',
      issues: [{ path: 'a', expected: 'b' }],
    })
    expect(
      Object.keys(
        JSON.parse(JSON.stringify(new TimeoutError('x', { code: 'TIMEOUT', outcome: 'unknown' }))) as object,
      ),
    ).toEqual(['name', 'message', 'code', 'outcome', 'isRetryable', 'attempts'])
  })

  it('is known by its class and every class above it', () => {
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toBeInstanceOf(Error)
    expect(QuotaExhaustedError.isInstance(error)).toBe(true)
    expect(RateLimitError.isInstance(error)).toBe(true)
    expect(ConnectorError.isInstance(error)).toBe(true)
    expect(TransportError.isInstance(error)).toBe(false)
    for (const other of [undefined, null, 'x', {}, new Error('x'), { name: 'ConnectorError' }]) {
      expect(ConnectorError.isInstance(other)).toBe(false)
    }
  })

  it('is known across two copies of this package', async () => {
    const copy = './errors.ts?copy'
    const baseCopy = './connector-error.ts?copy'
    const other = (await import(/* @vite-ignore */ copy)) as typeof errors
    const otherBase = (await import(/* @vite-ignore */ baseCopy)) as typeof base
    expect(other.AbortError).not.toBe(AbortError)
    expect(otherBase.ConnectorError).not.toBe(ConnectorError)
    const foreign = new other.AbortError('x', { code: 'ABORTED', outcome: 'not_sent' })
    expect(foreign).not.toBeInstanceOf(AbortError)
    expect(AbortError.isInstance(foreign)).toBe(true)
    expect(otherBase.ConnectorError.isInstance(error)).toBe(true)
    expect(TimeoutError.isInstance(foreign)).toBe(false)
  })

  it('has the name of its class, one for each', () => {
    const classes = Object.values(core).filter(
      (value): value is typeof ConnectorError =>
        typeof value === 'function' &&
        (value === ConnectorError || value.prototype instanceof ConnectorError),
    )
    expect(classes.length).toBeGreaterThan(15)
    const names = classes.map((Class) => new Class('x', { code: 'ABORTED', outcome: 'unknown' }).name)
    expect(names).toEqual(classes.map((Class) => Class.name))
    expect(new Set(names).size).toBe(classes.length)
  })
})

describe('nearest', () => {
  it.each([
    ['isues', 'issues'],
    ['pull_request', 'pull_requests'],
    ['ISSUES', 'issues'],
    ['banana', undefined],
    ['x'.repeat(100_000), undefined],
    ['', undefined],
  ])('of %j', (word, expected) => {
    expect(nearest(word, ['issues', 'pull_requests', 'labels'])).toBe(expected)
  })
})
