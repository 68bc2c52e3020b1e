import { describe, expect, it } from 'vitest'
import { connectWith, type ConnectWithOptions } from '../../test/connect-with.ts'
import { getItem } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import { type Handler, inTurn, json, reset, serve, silent, status } from '../../test/serve.ts'
import { clientCredentials, oauth2 } from '../index.ts'

const granted = json({ access_token: 'test-access-1', token_type: 'bearer', expires_in: 3600 })

/** How often the token endpoint is asked, by a repeatable grant or by a refresh token. */
async function ask(kind: 'repeatable' | 'refresh', token: Handler, options: ConnectWithOptions = {}) {
  const server = await serve((request, wire) =>
    (request.url === '/token' ? token : json({ id: 1 }))(request, wire),
  )
  const endpoint = { tokenUrl: `${server.url}/token`, clientId: 'client', clientSecret: 'test-client-secret' }
  const authenticator =
    kind === 'repeatable'
      ? clientCredentials(endpoint)
      : oauth2({ ...endpoint, refreshToken: 'test-refresh-1' })
  const connection = connectWith(server, { authenticator, ...options })
  const call = () => connection.run(getItem, { item_id: 1 })
  return { call, count: () => server.requests.filter(({ url }) => url === '/token').length }
}

describe('a token request', () => {
  it.each<[string, Handler, number, number]>([
    ['429', status(429), 2, 2],
    ['500', status(500), 2, 2],
    ['503', status(503), 2, 2],
    ['502', status(502), 2, 1],
    ['504', status(504), 2, 1],
    ['a reset', reset, 2, 1],
    ['no answer in time', silent, 2, 1],
    ['400', status(400), 1, 1],
    ['a refusal', json({ error: 'invalid_scope' }, { status: 400 }), 1, 1],
  ])('T22 after %s is sent again where that is safe', async (_, fault, repeatable, refresh) => {
    for (const [kind, times] of [
      ['repeatable', repeatable],
      ['refresh', refresh],
    ] as const) {
      const { call, count } = await ask(kind, inTurn(fault, granted), { timeoutMs: 300 })
      if (times === 2) expect(await call()).toEqual({ id: 1 })
      else expect(await failure(call())).toMatchObject({ code: 'TOKEN_ENDPOINT_FAILED', outcome: 'not_sent' })
      expect(count()).toBe(times)
    }
  })

  it('T22 is sent three times at most, and less often where the connection says so', async () => {
    const many = await ask('repeatable', status(503), { maxAttempts: 10 })
    expect(await failure(many.call())).toMatchObject({ status: 503, isRetryable: true })
    expect(many.count()).toBe(3)
    const few = await ask('repeatable', status(503), { maxAttempts: 1 })
    await failure(few.call())
    expect(few.count()).toBe(1)
  })

  it('T23 waits as long as it is asked to, and all waiters share it', async () => {
    const { call, count } = await ask('refresh', inTurn(status(429, { 'retry-after': '1' }), granted))
    const started = performance.now()
    await Promise.all(Array.from({ length: 20 }, call))
    expect(performance.now() - started).toBeGreaterThanOrEqual(990)
    expect(count()).toBe(2)
  })

  it.each<[string, ConnectWithOptions]>([
    ['than maxWaitMs', { maxWaitMs: 29_000 }],
    ['than the total time', { totalTimeoutMs: 5_000 }],
  ])('T23 asked to wait longer %s says at once when to come back', async (_, options) => {
    const later = json(
      { error: 'temporarily_unavailable' },
      { status: 503, headers: { 'retry-after': '30' } },
    )
    const { call, count } = await ask('repeatable', later, options)
    const error = await failure(call())
    expect(error).toMatchObject({ code: 'TOKEN_ENDPOINT_FAILED', isRetryable: true })
    expect(error.retryAt?.getTime()).toBeGreaterThan(Date.now() + 25_000)
    expect(count()).toBe(1)
  })
})
