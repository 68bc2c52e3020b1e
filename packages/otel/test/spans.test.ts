import { setTimeout as wait } from 'node:timers/promises'
import { SpanKind } from '@opentelemetry/api'
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_RESEND_COUNT,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_FULL,
} from '@opentelemetry/semantic-conventions'
import { describe, expect, it } from 'vitest'
import { millisecondsOf, place, useObservedWorld } from './observed-world.ts'

const world = useObservedWorld()
const path = `/repos/${place.owner}/${place.repo}/issues`

/** The span of the only call. */
function callSpan() {
  const [tree, ...others] = world.trees()
  expect(others).toEqual([])
  return tree!
}

describe('spans', () => {
  it('of a success: the action within what was active, the request within the action', async () => {
    await world.within(() =>
      world.connect({}, { account: 'maria-silva' }).issues.get({ ...place, issue_number: 1 }),
    )
    const [app] = world.trees()
    expect(app).toMatchObject({ name: 'app', children: [{ name: 'github issues.get' }] })
    const [action] = app!.children
    expect(action).toMatchObject({
      isError: false,
      attributes: {
        'connector.service': 'github',
        'connector.action': 'issues.get',
        'connector.effect': 'read',
        'connector.outcome': 'applied',
        'connector.attempts': 1,
        'connector.account': 'maria-silva',
        'connector.request_id': expect.any(String) as string,
      },
    })
    const { port } = new URL(world.emulator.url)
    expect(action!.children).toEqual([
      {
        name: 'GET',
        isError: false,
        children: [],
        attributes: {
          [ATTR_HTTP_REQUEST_METHOD]: 'GET',
          [ATTR_SERVER_ADDRESS]: '127.0.0.1',
          [ATTR_SERVER_PORT]: Number(port),
          [ATTR_URL_FULL]: `${world.emulator.url}${path}/1`,
          [ATTR_HTTP_RESPONSE_STATUS_CODE]: 200,
          'connector.request_id': action!.attributes['connector.request_id'],
        },
      },
    ])
    const kinds = world.exportedSpans.map(({ name, kind }) => [name, kind])
    expect(kinds).toContainEqual(['GET', SpanKind.CLIENT])
    expect(kinds).toContainEqual(['github issues.get', SpanKind.INTERNAL])
  })

  it('of a retry: one for each attempt, the failed one with its reason and the wait', async () => {
    world.emulator.addFault({ kind: 'fails-before-applying', status: 503 })
    await world.connect().issues.get({ ...place, issue_number: 1 })
    const action = callSpan()
    expect(action).toMatchObject({ isError: false, attributes: { 'connector.attempts': 2 } })
    const [first, second] = action.children
    expect(first).toMatchObject({
      isError: true,
      attributes: {
        [ATTR_HTTP_RESPONSE_STATUS_CODE]: 503,
        [ATTR_ERROR_TYPE]: '503',
        'connector.retry.delay': expect.any(Number) as number,
      },
    })
    expect(first!.attributes).not.toHaveProperty(ATTR_HTTP_REQUEST_RESEND_COUNT)
    expect(second).toMatchObject({ isError: false, attributes: { [ATTR_HTTP_REQUEST_RESEND_COUNT]: 1 } })
  })

  it('of attempts without an answer end where the next is decided on, with the code as the type of error', async () => {
    world.emulator.addFault({ kind: 'reset' })
    await world.connect().issues.get({ ...place, issue_number: 1 })
    const [first, second] = callSpan().children
    expect(first).toMatchObject({ isError: true, attributes: { [ATTR_ERROR_TYPE]: 'CONNECTION_FAILED' } })
    expect(first!.attributes).not.toHaveProperty(ATTR_HTTP_RESPONSE_STATUS_CODE)
    expect(second).toMatchObject({ isError: false })
  })

  it('of a write whose result is unknown', async () => {
    world.emulator.addFault({ kind: 'reset', applied: true })
    await expect(world.connect().issues.create({ ...place, title: 'New' })).rejects.toThrow()
    expect(callSpan()).toMatchObject({
      isError: true,
      attributes: { 'connector.outcome': 'unknown', [ATTR_ERROR_TYPE]: 'OUTCOME_UNKNOWN' },
      children: [{ name: 'POST', isError: true, attributes: { [ATTR_ERROR_TYPE]: 'OUTCOME_UNKNOWN' } }],
    })
  })

  it('of a refusal, and of input that is never sent', async () => {
    const github = world.connect()
    await expect(github.issues.get({ ...place, issue_number: 404 })).rejects.toThrow()
    await expect(github.issues.get({ ...place, issue_number: 0 })).rejects.toThrow()
    expect(world.trees()).toMatchObject([
      {
        isError: true,
        attributes: { [ATTR_ERROR_TYPE]: 'NOT_FOUND' },
        children: [{ isError: true, attributes: { [ATTR_ERROR_TYPE]: '404' } }],
      },
      {
        isError: true,
        attributes: { [ATTR_ERROR_TYPE]: 'INPUT_INVALID', 'connector.attempts': 0 },
        children: [],
      },
    ])
  })

  it('of an answer that cannot be read', async () => {
    world.emulator.addFault({ kind: 'html' })
    await expect(
      world.connect({ maxAttempts: 1 }).issues.get({ ...place, issue_number: 1 }),
    ).rejects.toThrow()
    const attributes = { [ATTR_ERROR_TYPE]: 'REPLY_INVALID' }
    expect(callSpan()).toMatchObject({ attributes, children: [{ isError: true, attributes }] })
  })

  it('of a 401 with renewal: the token refresh stands within the action', async () => {
    const github = world.connect({ auth: expired() })
    await world.within(() => github.issues.get({ ...place, issue_number: 1 }))
    const [app] = world.trees()
    const [action] = app!.children
    expect(app!.children).toHaveLength(1)
    expect(action!.children.map(({ name }) => name)).toEqual(['GET', 'GET', 'github token refresh'])
    expect(action!.children).toMatchObject([
      { isError: true, attributes: { [ATTR_ERROR_TYPE]: '401' } },
      { isError: false, attributes: { [ATTR_HTTP_REQUEST_RESEND_COUNT]: 1 } },
      {
        isError: false,
        attributes: {
          'connector.service': 'github',
          'connector.refresh.reason': 'rejected',
          'connector.refresh.outcome': 'renewed',
          [ATTR_SERVER_ADDRESS]: '127.0.0.1',
        },
      },
    ])
  })

  it('of a renewal that failed', async () => {
    world.emulator.revokeToken('test-refresh-token')
    await expect(world.connect({ auth: expired() }).viewer.get()).rejects.toThrow()
    const refresh = callSpan().children.find(({ name }) => name === 'github token refresh')
    expect(refresh).toMatchObject({
      isError: true,
      attributes: { 'connector.refresh.outcome': 'failed', [ATTR_ERROR_TYPE]: 'REAUTH_REQUIRED' },
    })
  })

  it('of a renewal that outlives its call stand where the call was made', async () => {
    world.emulator.addFault({ kind: 'slow', delayMs: 200, match: { path: '/login/oauth/access_token' } })
    let refreshed: (() => void) | undefined
    const refresh = new Promise<void>((resolve) => (refreshed = resolve))
    const telemetry = world.instrument()
    const github = world.connect({
      ...telemetry,
      auth: { ...expired(), accessToken: undefined },
      onTokenRefresh: (event) => {
        telemetry.onTokenRefresh?.(event)
        refreshed?.()
      },
    })
    await world.within(async () => {
      await expect(github.viewer.get({}, { totalTimeoutMs: 50 })).rejects.toThrow()
    })
    await refresh
    expect(world.trees()[0]?.children).toMatchObject([
      { name: 'github viewer.get', children: [] },
      { name: 'github token refresh', isError: false },
    ])
  })

  it('of a walk: one call for each page; URLs name the parameters and leave out their values', async () => {
    await world.within(async () => {
      const walk = world.connect().issues.list({ ...place, state: 'open', limit: 2 })
      for await (const page of walk.pages()) expect(page.data).not.toEqual([])
    })
    const calls = world.trees()[0]!.children
    expect(calls.map(({ name }) => name)).toEqual(['github issues.list', 'github issues.list'])
    const [first, second] = calls.map(({ children }) => String(children[0]?.attributes[ATTR_URL_FULL]))
    expect(first).toMatch(/issues\?(\w+=REDACTED&)*state=REDACTED/)
    expect(second).toMatch(/page=REDACTED/)
    expect(`${first} ${second}`).not.toMatch(/=(?!REDACTED)/)
  })

  it('have the times of what they describe', async () => {
    world.emulator.addFault({ kind: 'slow', delayMs: 60 })
    const before = Date.now()
    await world.connect().issues.get({ ...place, issue_number: 1 })
    await wait(0)
    const [action, attempt] = ['github issues.get', 'GET'].map((name) => {
      const { startTime, endTime } = world.exportedSpans.find((span) => span.name === name)!
      return { start: millisecondsOf(startTime), end: millisecondsOf(endTime) }
    })
    expect(attempt!.start).toBeGreaterThanOrEqual(action!.start)
    expect(attempt!.end).toBeLessThanOrEqual(action!.end)
    expect(attempt!.end - attempt!.start).toBeGreaterThan(50)
    expect(action!.start).toBeGreaterThanOrEqual(before - 5)
    expect(action!.end).toBeLessThanOrEqual(Date.now() + 5)
  })

  it('keep calls apart that run at once, of connectors that share the hooks', async () => {
    const telemetry = world.instrument()
    const connectors = [world.connect(telemetry), world.connect(telemetry)]
    await Promise.all(
      connectors.flatMap((github) =>
        [1, 2].map((number) => github.issues.get({ ...place, issue_number: number })),
      ),
    )
    expect(world.trees().map(({ children }) => children.length)).toEqual([1, 1, 1, 1])
  })
})

/** Tokens of which the access token is known to nobody. */
const expired = () =>
  ({
    type: 'oauth',
    accessToken: 'test-access-token-2',
    refreshToken: 'test-refresh-token',
    clientId: 'test-client-id',
    clientSecret: 'test-client-secret',
  }) as const
