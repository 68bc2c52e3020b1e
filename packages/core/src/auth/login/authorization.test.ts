import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { failure } from '../../../test/failure.ts'
import { type Handler, inTurn, json, reset, serve, silent, status } from '../../../test/serve.ts'
import { type AuthorizationOptions, finishAuthorization, startAuthorization } from '../../index.ts'

const granted = { access_token: 'test-access-1', token_type: 'bearer', expires_in: 3600 }

async function setUp(token: Handler = json(granted), changes: Partial<AuthorizationOptions> = {}) {
  const server = await serve(token)
  const options: AuthorizationOptions = {
    authorizationUrl: 'https://login.example.com/authorize',
    tokenUrl: `${server.url}/token`,
    clientId: 'client',
    clientSecret: 'test-client-secret',
    redirectUri: 'https://app.example.com/callback',
    issuer: 'https://login.example.com',
    ...changes,
  }
  const { url, pending } = await startAuthorization(options)
  const finish = (answer: Record<string, string> | URLSearchParams | string, parked: unknown = pending) =>
    finishAuthorization(
      typeof answer === 'string' ? answer : new URLSearchParams(answer),
      parked as typeof pending,
      options,
    )
  return {
    server,
    options,
    url: new URL(url),
    pending,
    finish,
    good: { code: 'test-code-1', state: pending.state },
  }
}

describe('the authorization request', () => {
  it('T30 has an S256 challenge of a verifier that is never sent, and a state of its own', async () => {
    const { url, pending } = await setUp(undefined, {
      scope: 'a b',
      authorizationParameters: { access_type: 'offline' },
    })
    const { codeVerifier, state } = pending
    expect(codeVerifier).toMatch(/^[\w.~-]{43,128}$/)
    expect(url.origin + url.pathname).toBe('https://login.example.com/authorize')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'client',
      redirect_uri: 'https://app.example.com/callback',
      scope: 'a b',
      state,
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
      access_type: 'offline',
    })
    expect(url.href).not.toContain(codeVerifier)
    expect(JSON.parse(JSON.stringify(pending))).toEqual(pending)
    expect(JSON.stringify(pending)).not.toContain('test-client-secret')
    const other = await setUp()
    expect(other.pending.state).not.toBe(state)
    expect(other.pending.codeVerifier).not.toBe(codeVerifier)
  })

  it.each([
    ['a parameter of its own', { authorizationParameters: { code_challenge_method: 'plain' } }],
    ['a redirect over plain http', { redirectUri: 'http://app.example.com/callback' }],
    ['a redirect into a script', { redirectUri: 'javascript:alert(1)' }],
    ['a redirect with a fragment', { redirectUri: 'https://app.example.com/#x' }],
    ['an authorization page over plain http', { authorizationUrl: 'http://login.example.com/' }],
    ['a token URL over plain http', { tokenUrl: 'http://login.example.com/' }],
  ])('T30 is refused with %s', async (_, changes) => {
    expect(await failure(setUp(undefined, changes))).toMatchObject({ code: 'CONFIG_INVALID' })
  })

  it.each(['http://127.0.0.1:7777/callback', 'com.example.app:/callback', 'https://app.example.com/?a=1'])(
    'may send the user back to %s',
    async (redirectUri) => {
      const { url } = await setUp(undefined, { redirectUri })
      expect(url.searchParams.get('redirect_uri')).toBe(redirectUri)
    },
  )
})

describe('the answer', () => {
  it('is exchanged with the verifier and the redirect URI', async () => {
    const { server, finish, good, pending } = await setUp()
    const tokens = await finish(`/callback?${new URLSearchParams(good)}`)
    expect(tokens).toMatchObject({ accessToken: 'test-access-1', expiresAt: expect.any(Date) as Date })
    expect(Object.fromEntries(new URLSearchParams(server.requests[0]?.body))).toEqual({
      grant_type: 'authorization_code',
      code: 'test-code-1',
      redirect_uri: pending.redirectUri,
      code_verifier: pending.codeVerifier,
      client_id: 'client',
      client_secret: 'test-client-secret',
    })
  })

  it.each<[string, (state: string) => Record<string, string> | string]>([
    ['no state', () => ({ code: 'test-code-1' })],
    ['another state', (state) => ({ code: 'test-code-1', state: `${state.slice(0, -1)}!` })],
    ['the beginning of the state', (state) => ({ code: 'test-code-1', state: state.slice(0, 10) })],
    ['the state and more', (state) => ({ code: 'test-code-1', state: `${state}x` })],
    ['two states', (state) => `/?code=test-code-1&state=${state}&state=${state}`],
    ['two codes', (state) => `/?code=test-code-1&code=test-code-2&state=${state}`],
    ['an empty code', (state) => ({ code: '', state })],
    ['no code', (state) => ({ state })],
    ['another issuer', (state) => ({ code: 'test-code-1', state, iss: 'https://evil.example.com' })],
    ['two issuers', (state) => `/?code=c&state=${state}&iss=https://login.example.com&iss=x`],
    ['an error without state', () => ({ error: 'access_denied' })],
  ])('T29 with %s is refused before any exchange', async (_, answerOf) => {
    const { server, finish, pending } = await setUp()
    expect(await failure(finish(answerOf(pending.state)))).toMatchObject({
      name: 'AuthRejectedError',
      code: 'AUTHORIZATION_INVALID',
      outcome: 'not_sent',
    })
    expect(server.requests).toEqual([])
  })

  it('T29 without issuer is refused where the server always sends one', async () => {
    const { server, finish, good, options } = await setUp(undefined, { isIssuerSent: true })
    expect(await failure(finish(good))).toMatchObject({ code: 'AUTHORIZATION_INVALID' })
    expect(server.requests).toEqual([])
    const again = await setUp(undefined, { ...options, isIssuerSent: true })
    expect(await again.finish({ ...again.good, iss: 'https://login.example.com' })).toBeDefined()
  })

  it('T29 that says no is refused before any exchange, and ends the login', async () => {
    const { server, finish, good, pending } = await setUp()
    const denied = { error: 'access_denied', state: pending.state, error_description: 'test-detail' }
    const error = await failure(finish(denied))
    expect(error).toMatchObject({ code: 'AUTHORIZATION_DENIED', remoteCode: 'access_denied' })
    expect(JSON.stringify(error)).not.toContain('test-detail')
    expect(await failure(finish(good))).toMatchObject({ code: 'AUTHORIZATION_INVALID' })
    expect(server.requests).toEqual([])
  })

  it('T29 is taken once, however often and from whatever copy of the session', async () => {
    const { server, finish, good, pending } = await setUp()
    const copies = [pending, { ...pending }, JSON.parse(JSON.stringify(pending)) as unknown]
    const results = await Promise.allSettled(copies.map((copy) => finish(good, copy)))
    expect(results.map(({ status: settled }) => settled)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(server.requests).toHaveLength(1)
  })

  it('T29 that belongs to another login does not end this one', async () => {
    const { finish, good } = await setUp()
    await failure(finish({ ...good, state: 'forged' }))
    expect(await finish(good)).toMatchObject({ accessToken: 'test-access-1' })
  })

  it('T29 of one client or server is not taken to another', async () => {
    const { options, good, pending } = await setUp()
    const other = await serve(json(granted))
    for (const changes of [{ clientId: 'other' }, { tokenUrl: `${other.url}/token` }]) {
      const call = finishAuthorization(new URLSearchParams(good), pending, { ...options, ...changes })
      expect(await failure(call)).toMatchObject({ code: 'AUTHORIZATION_INVALID' })
    }
    expect(other.requests).toEqual([])
  })

  it.each([
    ['none', undefined],
    ['an empty one', {}],
    ['one with a short verifier', { codeVerifier: 'short' }],
    ['one with a long verifier', { codeVerifier: 'x'.repeat(129) }],
  ])('T30 to a session with %s is refused', async (_, changes) => {
    const { server, finish, good, pending } = await setUp()
    const parked = changes && (Object.keys(changes).length > 0 ? { ...pending, ...changes } : {})
    expect(await failure(() => finish(good, parked ?? null))).toMatchObject({ code: 'AUTHORIZATION_INVALID' })
    expect(server.requests).toEqual([])
  })
})

describe('the exchange', () => {
  it.each<[string, Handler, object]>([
    ['a reset', reset, { name: 'OutcomeUnknownError', code: 'OUTCOME_UNKNOWN', outcome: 'unknown' }],
    ['no answer in time', silent, { name: 'OutcomeUnknownError', code: 'OUTCOME_UNKNOWN' }],
    ['500', status(500), { code: 'TOKEN_ENDPOINT_FAILED', status: 500, isRetryable: false }],
    ['503', status(503), { code: 'TOKEN_ENDPOINT_FAILED', isRetryable: false }],
    ['429', status(429, { 'retry-after': '0' }), { code: 'TOKEN_ENDPOINT_FAILED', isRetryable: false }],
    [
      'invalid_grant',
      json({ error: 'invalid_grant' }, { status: 400 }),
      { code: 'AUTHORIZATION_INVALID', status: 400 },
    ],
    [
      "GitHub's own error with 200",
      json({ error: 'bad_verification_code' }),
      { code: 'AUTHORIZATION_INVALID' },
    ],
    ['a wrong client', json({ error: 'invalid_client' }, { status: 401 }), { code: 'AUTH_REJECTED' }],
  ])('T31 of a code is one request, whatever comes: %s', async (_, token, expected) => {
    const { server, finish, good, pending } = await setUp(inTurn(token, json(granted)), { timeoutMs: 300 })
    const error = await failure(finish(good))
    expect(error).toMatchObject(expected)
    expect(error.hint).toBeDefined()
    if (error.code !== 'AUTH_REJECTED') expect(error.hint).toContain('start again')
    const shown = JSON.stringify(error)
    for (const secret of ['test-code-1', pending.codeVerifier, 'test-client-secret']) {
      expect(shown).not.toContain(secret)
    }
    expect(await failure(finish(good))).toMatchObject({ code: 'AUTHORIZATION_INVALID' })
    expect(server.requests).toHaveLength(1)
  })

  it('takes no id token for its word: an issuer that is not the token URL is fine', async () => {
    const { finish, good } = await setUp(json({ ...granted, id_token: 'not.a.jwt' }))
    expect(await finish(good)).toMatchObject({ accessToken: 'test-access-1' })
  })

  it('gives the base URL that the service names', async () => {
    const extract = { baseUrl: 'instance_url', allowedHosts: ['*.my.example.com'] }
    const named = { ...granted, instance_url: 'https://acme.my.example.com/' }
    const { finish, good } = await setUp(json(named), { extract })
    expect(await finish(good)).toMatchObject({ baseUrl: 'https://acme.my.example.com' })
  })
})
