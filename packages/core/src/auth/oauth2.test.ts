import { describe, expect, it, vi } from 'vitest'
import { connectWith, type ConnectWithOptions } from '../../test/connect-with.ts'
import { createItem, getItem } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import {
  gate,
  type Handler,
  inTurn,
  json,
  type Received,
  reset,
  serve,
  status,
  text,
} from '../../test/serve.ts'
import { oauth2, type OAuth2Options, type OAuth2Tokens, type TokenRefreshEvent } from '../index.ts'

const item = { id: 1, name: 'one' }
const minute = 60_000
const start = Date.parse('2026-11-05T12:00:00Z')

/** A token reply whose values carry the number of the request. */
const renewing = (extra: Record<string, unknown> = {}): Handler => {
  let count = 1
  return () => {
    count += 1
    return Response.json({
      access_token: `test-access-${count}`,
      refresh_token: `test-refresh-${count}`,
      token_type: 'bearer',
      expires_in: 3600,
      ...extra,
    })
  }
}

const bearerOf = ({ headers }: Received) => headers.get('authorization')?.replace(/^\S+ /, '')

/** An API and its token endpoint on one server, under a clock that the test moves. */
async function setUp(
  options: Partial<OAuth2Options> = {},
  {
    token = renewing(),
    api = json(item),
    ...connection
  }: ConnectWithOptions & { token?: Handler; api?: Handler } = {},
) {
  const clock = { now: start }
  const handed: OAuth2Tokens[] = []
  const refreshes: TokenRefreshEvent[] = []
  const server = await serve((request, wire) => (request.url === '/token' ? token : api)(request, wire))
  const authenticator = oauth2({
    tokenUrl: `${server.url}/token`,
    clientId: 'client',
    clientSecret: 'test-client-secret',
    refreshToken: 'test-refresh-1',
    now: () => clock.now,
    onTokens: (tokens) => {
      handed.push(tokens)
    },
    ...options,
  })
  const connected = connectWith(server, {
    authenticator,
    onTokenRefresh: (event) => refreshes.push(event),
    ...connection,
  })
  return {
    clock,
    handed,
    refreshes,
    get: (signal?: AbortSignal) => connected.run(getItem, { item_id: 1 }, { signal }),
    create: () => connected.run(createItem, { name: 'x' }),
    tokenRequests: () => server.requests.filter(({ url }) => url === '/token'),
    apiTokens: () => server.requests.filter(({ url }) => url !== '/token').map(bearerOf),
    paths: () => server.requests.map(({ url }) => url),
  }
}

/** Lets time pass, by the monotonic clock too. */
function passing(clock: { now: number }) {
  const monotonic = performance.now.bind(performance)
  let passedMs = 0
  vi.spyOn(performance, 'now').mockImplementation(() => monotonic() + passedMs)
  return (durationMs: number) => {
    passedMs += durationMs
    clock.now += durationMs
  }
}

const held = (expiresAt?: number): Partial<OAuth2Options> => ({
  accessToken: 'test-access-1',
  ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt) }),
})

describe('renewal ahead of expiry', () => {
  it('the first call refreshes when there is no access token', async () => {
    const { get, paths, apiTokens, handed, refreshes } = await setUp()
    expect(await get()).toEqual(item)
    expect(paths()).toEqual(['/token', '/items/1'])
    expect(apiTokens()).toEqual(['test-access-2'])
    expect(handed).toEqual([
      {
        accessToken: 'test-access-2',
        refreshToken: 'test-refresh-2',
        expiresAt: new Date(start + 60 * minute),
      },
    ])
    expect(refreshes).toMatchObject([{ service: 'example', reason: 'missing', outcome: 'renewed' }])
  })

  it.each([
    ['six minutes before expiry it does not', 6 * minute, false],
    ['five minutes before expiry it does', 5 * minute, true],
    ['after expiry it does', -1, true],
  ])('T01 %s', async (_, left, isRenewed) => {
    const { get, apiTokens } = await setUp(held(start + left))
    await get()
    expect(apiTokens()).toEqual([isRenewed ? 'test-access-2' : 'test-access-1'])
  })

  it('T01 a short life has a window of a tenth', async () => {
    const { get, clock, tokenRequests } = await setUp({}, { token: renewing({ expires_in: 600 }) })
    await get()
    clock.now += 8.9 * minute
    await get()
    expect(tokenRequests()).toHaveLength(1)
    clock.now += 0.2 * minute
    await get()
    expect(tokenRequests()).toHaveLength(2)
  })

  it('T17 a clock that is set back keeps the token, until it is refused, and renews it once then', async () => {
    let isRefused = false
    const { get, clock, tokenRequests, apiTokens } = await setUp(held(start + 60 * minute), {
      api: (request) =>
        isRefused && bearerOf(request) === 'test-access-1'
          ? Response.json({}, { status: 401 })
          : Response.json(item),
    })
    clock.now -= 24 * 60 * minute
    await get()
    expect(tokenRequests()).toHaveLength(0)
    isRefused = true
    await Promise.all([get(), get(), get()])
    await get()
    expect(tokenRequests()).toHaveLength(1)
    expect(apiTokens().at(-1)).toBe('test-access-2')
  })

  it('T17 a token that ended before the epoch, or a life that is negative, is expired', async () => {
    const { get, apiTokens } = await setUp(held(-1))
    await get()
    expect(apiTokens()).toEqual(['test-access-2'])
  })

  it('T17 a clock that jumped past expiry renews', async () => {
    const { get, clock, apiTokens } = await setUp()
    await get()
    clock.now += 400 * 24 * 60 * minute
    await get()
    expect(apiTokens()).toEqual(['test-access-2', 'test-access-3'])
  })

  it('T01 200 calls at once make one token request', async () => {
    const { get, tokenRequests, apiTokens, handed } = await setUp()
    await Promise.all(Array.from({ length: 200 }, () => get()))
    expect(tokenRequests()).toHaveLength(1)
    expect(handed).toHaveLength(1)
    expect(new Set(apiTokens())).toEqual(new Set(['test-access-2']))
  })

  it('T07 the rotated refresh token is used next time', async () => {
    const { get, clock, tokenRequests } = await setUp()
    await get()
    clock.now += 60 * minute
    await get()
    const sent = tokenRequests().map(({ body }) => new URLSearchParams(body).get('refresh_token'))
    expect(sent).toEqual(['test-refresh-1', 'test-refresh-2'])
  })

  it.each([undefined, null, ''])(
    'T08 a reply with refresh_token %j keeps the old one',
    async (refresh_token) => {
      const { get, clock, tokenRequests, handed } = await setUp({}, { token: renewing({ refresh_token }) })
      await get()
      clock.now += 60 * minute
      await get()
      const sent = tokenRequests().map(({ body }) => new URLSearchParams(body).get('refresh_token'))
      expect(sent).toEqual(['test-refresh-1', 'test-refresh-1'])
      expect(handed[0]?.refreshToken).toBe('test-refresh-1')
    },
  )

  it('T28 hands over the scope and when the refresh token expires', async () => {
    const token = renewing({ scope: 'repo', refresh_token_expires_in: 86_400 })
    const { get, handed } = await setUp({}, { token })
    await get()
    expect(handed).toMatchObject([{ scope: 'repo', refreshTokenExpiresAt: new Date(start + 86_400_000) }])
  })
})

describe('renewal after a 401', () => {
  const rejecting =
    (...tokens: string[]): Handler =>
    (request) =>
      tokens.includes(bearerOf(request) ?? '')
        ? Response.json({ message: 'expired' }, { status: 401 })
        : Response.json(item)

  it('T02 renews once and sends once more, writes too', async () => {
    const { create, paths, apiTokens, refreshes } = await setUp(held(), { api: rejecting('test-access-1') })
    expect(await create()).toEqual(item)
    expect(paths()).toEqual(['/items', '/token', '/items'])
    expect(apiTokens()).toEqual(['test-access-1', 'test-access-2'])
    expect(refreshes).toMatchObject([{ reason: 'rejected' }])
  })

  it('T03 a second 401 is AuthRejectedError, never a loop', async () => {
    const { get, paths } = await setUp(held(), { api: status(401) })
    expect(await failure(get())).toMatchObject({ name: 'AuthRejectedError', status: 401, attempts: 2 })
    expect(paths()).toEqual(['/items/1', '/token', '/items/1'])
  })

  it('T03 many 401s of one token cause one renewal, late ones included', async () => {
    const late = gate()
    const arrived = gate()
    let first = true
    const { get, tokenRequests, apiTokens } = await setUp(held(), {
      api: async (request, wire) => {
        if (first) {
          first = false
          arrived.open()
          await late.opened
        }
        return rejecting('test-access-1')(request, wire)
      },
    })
    const delayed = get()
    await arrived.opened
    await Promise.all(Array.from({ length: 20 }, () => get()))
    late.open()
    expect(await delayed).toEqual(item)
    expect(tokenRequests()).toHaveLength(1)
    expect(apiTokens().at(-1)).toBe('test-access-2')
  })

  it('a token without refresh token is rejected as it is', async () => {
    const { get, paths } = await setUp(
      { accessToken: 'test-access-1', refreshToken: undefined },
      { api: status(401) },
    )
    expect(await failure(get())).toMatchObject({ name: 'AuthRejectedError' })
    expect(paths()).toEqual(['/items/1'])
  })
})

describe('onTokens', () => {
  it('T10 is awaited before the new token is used', async () => {
    const order: string[] = []
    const { get } = await setUp(
      {
        onTokens: async () => {
          order.push('store begins')
          await new Promise((resolve) => setTimeout(resolve, 20))
          order.push('stored')
        },
      },
      { onRequest: () => order.push('request') },
    )
    await get()
    expect(order).toEqual(['store begins', 'stored', 'request'])
  })

  it.each([
    ['without an access token', {}],
    ['ahead of expiry', held(start + minute)],
  ])('T10 that throws fails the call, and gets the same tokens on the next: %s', async (_, options) => {
    const handed: OAuth2Tokens[] = []
    const { get, tokenRequests, apiTokens } = await setUp({
      ...options,
      onTokens: (tokens) => {
        handed.push(tokens)
        if (handed.length < 3) throw new Error(`disk full: ${tokens.accessToken}`)
      },
    })
    for (let call = 0; call < 2; call++) {
      const error = await failure(get())
      expect(error).toMatchObject({ name: 'StoreError', code: 'TOKEN_PERSIST_FAILED', outcome: 'not_sent' })
      expect(`${JSON.stringify(error)}${error.stack ?? ''}`).not.toContain('test-access-2')
    }
    expect(await get()).toEqual(item)
    expect(handed.map(({ refreshToken }) => refreshToken)).toEqual(Array(3).fill('test-refresh-2'))
    expect(tokenRequests()).toHaveLength(1)
    expect(apiTokens()).toEqual(['test-access-2'])
  })

  it('T10 that hangs fails the call in the end, and gets the same tokens on the next', async () => {
    const handed: OAuth2Tokens[] = []
    const called = gate()
    const { get, tokenRequests, apiTokens } = await setUp({
      onTokens: (tokens) => {
        handed.push(tokens)
        called.open()
        return handed.length === 1 ? new Promise(() => undefined) : undefined
      },
    })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const failed = failure(get())
      await called.opened
      await vi.advanceTimersByTimeAsync(30_000)
      expect(await failed).toMatchObject({ code: 'TOKEN_PERSIST_FAILED', outcome: 'not_sent' })
    } finally {
      vi.useRealTimers()
    }
    expect(await get()).toEqual(item)
    expect(handed.map(({ refreshToken }) => refreshToken)).toEqual(Array(2).fill('test-refresh-2'))
    expect(tokenRequests()).toHaveLength(1)
    expect(apiTokens()).toEqual(['test-access-2'])
  })

  it('T10 that throws after a 401 fails the call too', async () => {
    const { get } = await setUp(
      {
        ...held(),
        onTokens: () => {
          throw new Error('disk full')
        },
      },
      { api: status(401) },
    )
    expect(await failure(get())).toMatchObject({ name: 'StoreError' })
  })
})

describe('token request', () => {
  const parameters = async (options: Partial<OAuth2Options>) => {
    const { get, tokenRequests } = await setUp(options)
    await get()
    return tokenRequests()[0]!
  }

  it('has the client in a form body unless told', async () => {
    const { headers, body, method } = await parameters({ clientSecret: 's+&=% é' })
    expect(method).toBe('POST')
    expect(headers.get('content-type')).toBe('application/x-www-form-urlencoded')
    expect(headers.has('authorization')).toBe(false)
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'test-refresh-1',
      client_id: 'client',
      client_secret: 's+&=% é',
    })
  })

  it.each(['plain', 'a:b', '100%', 'a+b', 'a b', 'pä🔑ß', "-_.!~*'()"])(
    'T27 has the secret %j in Basic, form-urlencoded first',
    async (clientSecret) => {
      const { headers, body } = await parameters({
        clientId: 'my:client',
        clientSecret,
        clientAuthentication: 'basic',
      })
      const credentials = Buffer.from(headers.get('authorization')!.slice(6), 'base64').toString()
      expect(credentials).toMatch(/^[\w%.+*-]+:[\w%.+*-]+$/)
      const [id, secret] = credentials.split(':').map((part) => new URLSearchParams(`v=${part}`).get('v'))
      expect([id, secret]).toEqual(['my:client', clientSecret])
      expect(new URLSearchParams(body).has('client_secret')).toBe(false)
    },
  )

  it('can be JSON, with further parameters and headers', async () => {
    const { headers, body } = await parameters({
      tokenRequestFormat: 'json',
      tokenParameters: { audience: 'api' },
      tokenHeaders: { 'x-version': '2' },
    })
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('x-version')).toBe('2')
    expect(JSON.parse(body)).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'test-refresh-1',
      client_id: 'client',
      client_secret: 'test-client-secret',
      audience: 'api',
    })
  })

  it('works for a public client', async () => {
    const { body } = await parameters({ clientSecret: undefined })
    expect(new URLSearchParams(body).get('client_id')).toBe('client')
    expect(new URLSearchParams(body).has('client_secret')).toBe(false)
  })

  it('reads a secret given as a function for every renewal', async () => {
    let count = 0
    const { get, clock, tokenRequests } = await setUp({ clientSecret: () => `test-secret-${count++}` })
    await get()
    clock.now += 60 * minute
    await get()
    const sent = tokenRequests().map(({ body }) => new URLSearchParams(body).get('client_secret'))
    expect(sent).toEqual(['test-secret-0', 'test-secret-1'])
  })

  it('leads to a custom scheme and further headers on API requests', async () => {
    const server = await serve(inTurn(renewing({ token_type: 'Bearer' }), json(item)))
    const authenticator = oauth2({
      tokenUrl: `${server.url}/token`,
      clientId: 'client',
      refreshToken: 'test-refresh-1',
      scheme: 'Custom-oauthtoken',
      headers: { 'client-id': 'client' },
    })
    await connectWith(server, { authenticator }).run(getItem, { item_id: 1 })
    const { headers } = server.requests[1]!
    expect(headers.get('authorization')).toBe('Custom-oauthtoken test-access-2')
    expect(headers.get('client-id')).toBe('client')
  })

  it.each([
    ['clientId', { clientId: undefined }],
    ['accessToken or refreshToken', { refreshToken: undefined }],
    ['refreshToken', { accessToken: 'test-access-1', refreshToken: undefined, expiresAt: new Date(0) }],
  ])('without %s tells what is missing, or goes on while it can', async (field, options) => {
    const { get, tokenRequests } = await setUp(options)
    if ('accessToken' in options) expect(await get()).toEqual(item)
    else {
      const error = await failure(get())
      expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID' })
      expect(error.message).toContain(field)
    }
    expect(tokenRequests()).toHaveLength(0)
  })
})

describe('a refused grant', () => {
  const refusals = [
    ['400', json({ error: 'invalid_grant', error_description: 'test-refresh-1 revoked' }, { status: 400 })],
    ['T06 200 with an error body', json({ error: 'bad_refresh_token' })],
  ] as const

  it.each(refusals)('T04 is ReauthRequiredError and remembered: %s', async (_, token) => {
    const { get, paths, refreshes, handed } = await setUp({}, { token })
    for (let call = 0; call < 3; call++) {
      const error = await failure(get())
      expect(error).toMatchObject({
        name: 'ReauthRequiredError',
        code: 'REAUTH_REQUIRED',
        outcome: 'not_sent',
        isRetryable: false,
      })
      expect(JSON.stringify(error)).not.toContain('test-refresh-1')
    }
    expect(paths()).toEqual(['/token'])
    expect(refreshes).toMatchObject([{ outcome: 'failed', code: 'REAUTH_REQUIRED' }])
    expect(handed).toEqual([])
  })

  it('T04 after a 401 is remembered too: the rejected token is not sent again', async () => {
    const { get, paths } = await setUp(held(), { api: status(401), token: refusals[0][1] })
    for (let call = 0; call < 3; call++) expect((await failure(get())).code).toBe('REAUTH_REQUIRED')
    expect(paths()).toEqual(['/items/1', '/token'])
  })

  it('of the client is AuthRejectedError, and not remembered', async () => {
    const { get, tokenRequests } = await setUp(
      {},
      { token: json({ error: 'invalid_client' }, { status: 401 }) },
    )
    for (let call = 0; call < 2; call++) {
      expect(await failure(get())).toMatchObject({ name: 'AuthRejectedError', remoteCode: 'invalid_client' })
    }
    expect(tokenRequests()).toHaveLength(2)
  })

  it('with an error code that is no code does not print it', async () => {
    const { get } = await setUp({}, { token: json({ error: 'test-refresh-1 <b>' }, { status: 400 }) })
    const error = await failure(get())
    expect(error).toMatchObject({ name: 'TokenEndpointError', isRetryable: false })
    expect(JSON.stringify(error)).not.toContain('test-refresh-1')
  })
})

describe('an unusable answer', () => {
  const base = { access_token: 'test-access-2', token_type: 'bearer' }
  it.each([
    ['T24 HTML', text('<html>test-refresh-1</html>', { headers: { 'content-type': 'text/html' } })],
    ['T24 204', () => new Response(null, { status: 204 })],
    ['T24 3 MB', text(`{"access_token":"${'x'.repeat(3_000_000)}"}`)],
    ['T24 a list', json([base])],
    ['T24 null', json(null)],
    ['T21 no access token', json({ token_type: 'bearer' })],
    ['T21 an empty access token', json({ ...base, access_token: '' })],
    ['T21 an access token with a line break', json({ ...base, access_token: 'test-access\r\nx: 1' })],
    ['T21 an access token outside ASCII', json({ ...base, access_token: 'test-accéss' })],
    ['T20 no token type', json({ access_token: 'test-access-2' })],
    ['T20 an unknown token type', json({ ...base, token_type: 'mac' })],
    ['T19 expires_in NaN', text('{"access_token":"test-access-2","token_type":"bearer","expires_in":NaN}')],
    ['T19 expires_in "NaN"', json({ ...base, expires_in: 'NaN' })],
    ['T19 expires_in "-1"', json({ ...base, expires_in: '-1' })],
    ['T19 expires_in true', json({ ...base, expires_in: true })],
    ['T19 expires_in of 11 years', json({ ...base, expires_in: 11 * 366 * 86_400 })],
    ['T19 expires_in -1', json({ ...base, expires_in: -1 })],
    ['T19 expires_in 1e99', json({ ...base, expires_in: 1e99 })],
    ['T19 expires_in "soon"', json({ ...base, expires_in: 'soon' })],
    ['T19 expires_in "1e99"', json({ ...base, expires_in: '1e99' })],
  ] as const)('%s is ProtocolError, and the old refresh token is kept', async (_, fault) => {
    const { get, tokenRequests, handed } = await setUp({}, { token: inTurn(fault, renewing()) })
    const error = await failure(get())
    expect(['ProtocolError', 'ResponseTooLargeError']).toContain(error.name)
    expect(error.outcome).toBe('not_sent')
    expect(JSON.stringify(error)).not.toMatch(/test-(refresh|acc)/)
    expect(handed).toEqual([])
    expect(await get()).toEqual(item)
    const sent = tokenRequests().map(({ body }) => new URLSearchParams(body).get('refresh_token'))
    expect(sent).toEqual(['test-refresh-1', 'test-refresh-1'])
  })

  it.each([
    ['missing', undefined, undefined],
    ['null', null, undefined],
    ['"3600"', '3600', start + 60 * minute],
    ['3600', 3600, start + 60 * minute],
  ])('T18 T19 expires_in %s is understood', async (_, expires_in, expected) => {
    const { get, handed, tokenRequests } = await setUp({}, { token: renewing({ expires_in }) })
    await get()
    await get()
    expect(handed[0]?.expiresAt?.getTime()).toBe(expected)
    expect(tokenRequests()).toHaveLength(1)
  })

  it('T17 T19 expires_in of ten years sets no timer that a platform cannot keep', async () => {
    const setTimeout = vi.spyOn(globalThis, 'setTimeout')
    const { get, handed } = await setUp({}, { token: renewing({ expires_in: 315_360_000 }) })
    await get()
    expect(handed[0]?.expiresAt).toEqual(new Date(start + 315_360_000_000))
    for (const [, delayMs = 0] of setTimeout.mock.calls) {
      expect(delayMs).toBeGreaterThanOrEqual(0)
      expect(delayMs).toBeLessThanOrEqual(2 ** 31 - 1)
    }
  })

  it('T19 expires_in 0 is expired at once: the call is served, the next renews', async () => {
    const { get, tokenRequests } = await setUp({}, { token: renewing({ expires_in: 0 }) })
    expect(await get()).toEqual(item)
    expect(await get()).toEqual(item)
    expect(tokenRequests()).toHaveLength(2)
  })

  it.each(['bearer', 'Bearer', 'BEARER'])('T20 token_type %s is understood', async (token_type) => {
    const { get } = await setUp({}, { token: renewing({ token_type }) })
    expect(await get()).toEqual(item)
  })
})

describe('the token endpoint', () => {
  it.each([
    ['500', status(500), 2],
    ['503', status(503), 2],
    ['429', status(429), 2],
    ['502', status(502), 1],
    ['X02 a reset', reset, 1],
    ['no answer in time', () => new Promise<Response>(() => undefined), 1],
  ] as const)('T22 may be down while the token is valid: %s', async (_, token, perRenewal) => {
    const limits = { timeoutMs: 400, maxAttempts: 2 }
    const { get, apiTokens, clock, tokenRequests } = await setUp(held(start + minute), { token, ...limits })
    const passes = passing(clock)
    // All share one renewal, and all go on with the old token.
    expect(await Promise.all([get(), get(), get()])).toEqual([item, item, item])
    expect(apiTokens()).toEqual(Array(3).fill('test-access-1'))

    passes(0.4 * minute)
    expect(await get()).toEqual(item)
    expect(tokenRequests()).toHaveLength(perRenewal)
    passes(0.2 * minute)
    expect(await get()).toEqual(item)
    expect(tokenRequests()).toHaveLength(2 * perRenewal)

    passes(minute)
    const error = await failure(get())
    expect(error).toMatchObject({
      name: 'TokenEndpointError',
      code: 'TOKEN_ENDPOINT_FAILED',
      outcome: 'not_sent',
      isRetryable: true,
    })
    expect(apiTokens()).toHaveLength(5)
  })

  it('T17 T22 that is down is left alone for as long, though the clock is set back meanwhile', async () => {
    const { get, clock, tokenRequests } = await setUp(held(start + minute), { token: status(502) })
    const passes = passing(clock)
    await get()
    clock.now -= 24 * 60 * minute
    // The token looks fresh now, and is not asked about.
    await get()
    clock.now += 24 * 60 * minute
    passes(0.4 * minute)
    await get()
    expect(tokenRequests()).toHaveLength(1)
    passes(0.2 * minute)
    await get()
    expect(tokenRequests()).toHaveLength(2)
  })

  it('T23 says when to come back', async () => {
    const token = status(429, { 'retry-after': '30' })
    const { get, tokenRequests } = await setUp({}, { token, maxWaitMs: 10_000 })
    const error = await failure(get())
    expect(error).toMatchObject({ name: 'TokenEndpointError', status: 429, isRetryable: true })
    expect(error.retryAt?.getTime()).toBeGreaterThan(Date.now() + 25_000)
    expect(tokenRequests()).toHaveLength(1)
  })

  it('T22 is asked again when it could not be reached', async () => {
    const server = await serve(renewing())
    const failures = [1, 2]
    const fetch = (request: Request) => {
      const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
      if (failures.pop() !== undefined) return Promise.reject(new TypeError('fetch failed', { cause }))
      return globalThis.fetch(request)
    }
    const { get } = await setUp({ tokenUrl: `${server.url}/token` }, { fetch, origins: [server.url] })
    expect(await get()).toEqual(item)
    expect(server.requests).toHaveLength(1)
  })

  it('T22 is not asked twice with one refresh token after a reset', async () => {
    const { create, tokenRequests, paths } = await setUp({}, { token: inTurn(reset, renewing()) })
    const error = await failure(create())
    expect(error).toMatchObject({ name: 'TokenEndpointError', outcome: 'not_sent' })
    expect(tokenRequests()).toHaveLength(1)
    expect(paths()).toEqual(['/token'])
  })

  it('T15 failing fails all waiters alike, and the next call tries again', async () => {
    const { get, tokenRequests } = await setUp({}, { token: inTurn(reset, renewing()) })
    const errors = await Promise.all([failure(get()), failure(get()), failure(get())])
    expect(new Set(errors).size).toBe(1)
    expect(await get()).toEqual(item)
    expect(tokenRequests()).toHaveLength(2)
  })

  it.each([301, 302, 303, 307, 308])('T25 that redirects (%d) gets no secret sent on', async (code) => {
    const other = await serve(renewing())
    const token: Handler = () =>
      new Response(null, { status: code, headers: { location: `${other.url}/token` } })
    const { get, tokenRequests } = await setUp({}, { token })
    expect(await failure(get())).toMatchObject({ name: 'RedirectBlockedError' })
    expect(tokenRequests()).toHaveLength(1)
    expect(other.requests).toEqual([])
  })

  it('T26 over plain http off loopback is refused at construction', async () => {
    const error = await failure(() =>
      oauth2({ tokenUrl: 'http://example.com/token', refreshToken: 'test-1' }),
    )
    expect(error).toMatchObject({ name: 'ConfigError', issues: [{ path: 'tokenUrl' }] })
  })

  it('X12 on an origin that the service does not declare gets nothing', async () => {
    const other = await serve(renewing())
    const { get } = await setUp({ tokenUrl: `${other.url}/token` })
    expect(await failure(get())).toMatchObject({ name: 'DestinationBlockedError', outcome: 'not_sent' })
    expect(other.requests).toEqual([])
  })

  it('may be on another origin that the service declares', async () => {
    const other = await serve(renewing())
    const { get } = await setUp({ tokenUrl: `${other.url}/token` }, { origins: [other.url] })
    expect(await get()).toEqual(item)
    expect(other.requests).toHaveLength(1)
  })

  it('T14 goes on for the others when one waiter aborts', async () => {
    const asked = gate()
    const answer = gate()
    const renew = renewing()
    const { get, tokenRequests, handed } = await setUp(
      {},
      {
        token: async (request, wire) => {
          asked.open()
          await answer.opened
          return renew(request, wire)
        },
      },
    )
    const controller = new AbortController()
    const first = failure(get(controller.signal))
    const others = [get(), get()]
    await asked.opened
    controller.abort()
    expect(await first).toMatchObject({ name: 'AbortError', outcome: 'not_sent' })
    answer.open()
    expect(await Promise.all(others)).toEqual([item, item])
    expect(tokenRequests()).toHaveLength(1)
    expect(handed).toHaveLength(1)
  })
})
