import type { TokenRefreshEvent } from '@agent/core'
import { describe, expect, test } from 'vitest'
import { apiRequests, connectTo, failure, oauth, serviceKey, startHubspot, tokenRequests } from './start.ts'

const expired = { ...oauth, accessToken: 'test-expired-access-token' }
const longAgo = new Date(0)

test.each([
  ['a service key', serviceKey, 'test-service-key'],
  ['a private app', { type: 'privateApp', accessToken: 'test-private-app-token' }, 'test-private-app-token'],
  ['an OAuth access token', { ...oauth, accessToken: 'test-access-token' }, 'test-access-token'],
] as const)('%s goes out as a bearer token', async (_, auth, token) => {
  const emulator = await startHubspot()
  await connectTo(emulator, { auth }).contacts.list({ limit: 1 })
  expect(emulator.requests.map(({ headers }) => headers['authorization'])).toEqual([`Bearer ${token}`])
})

test('a service key may be a function, which is asked again after a rejection', async () => {
  const emulator = await startHubspot()
  const keys = ['test-rotated-away', 'test-service-key']
  const auth = { type: 'serviceKey', key: () => keys.shift() ?? 'test-service-key' } as const
  await connectTo(emulator, { auth }).contacts.list({ limit: 1 })
  expect(emulator.requests.map(({ status }) => status)).toEqual([401, 200])
})

test('without an access token the first call renews, with every parameter in the body', async () => {
  const emulator = await startHubspot()
  const events: TokenRefreshEvent[] = []
  const tokens: unknown[] = []
  const connector = connectTo(emulator, {
    auth: { ...oauth, onTokens: (pair) => void tokens.push(pair) },
    onTokenRefresh: (event) => events.push(event),
  })
  await connector.contacts.list({ limit: 1 })
  await connector.contacts.list({ limit: 1 })

  const [request, ...further] = tokenRequests(emulator)
  expect(further).toEqual([])
  expect(request).toMatchObject({
    method: 'POST',
    query: {},
    body: {
      grant_type: 'refresh_token',
      client_id: 'test-client-id',
      client_secret: 'test-client-secret',
      refresh_token: 'test-refresh-token',
    },
  })
  expect(request?.headers).not.toHaveProperty('authorization')
  expect(events).toMatchObject([{ service: 'hubspot', reason: 'missing', outcome: 'renewed' }])
  expect(tokens).toMatchObject([{ refreshToken: 'test-refresh-token' }])
})

test.each([
  ['its expiry is known', { ...expired, expiresAt: longAgo }, 50],
  ['only HubSpot knows', expired, 100],
])('T02 an expired token is renewed once for 50 calls, where %s', async (_, auth, calls) => {
  const emulator = await startHubspot()
  const connector = connectTo(emulator, { auth })
  const pages = await Promise.all(Array.from({ length: 50 }, () => connector.contacts.list({ limit: 1 })))
  expect(pages.map(({ data }) => data.length)).toEqual(Array(50).fill(1))
  expect(tokenRequests(emulator)).toHaveLength(1)
  expect(apiRequests(emulator)).toHaveLength(calls)
})

test('T03 a token that HubSpot keeps rejecting is renewed once, never in a loop', async () => {
  const emulator = await startHubspot()
  const match = { path: /^\/crm\// }
  const body = { status: 'error', category: 'INVALID_AUTHENTICATION', message: 'No.' }
  emulator.addFault({ kind: 'fails-before-applying', status: 401, body, times: 9, match })
  const error = await failure(connectTo(emulator, { auth: oauth }).contacts.list())
  expect(error).toMatchObject({
    code: 'AUTH_REJECTED',
    remoteCode: 'INVALID_AUTHENTICATION',
    outcome: 'rejected',
    attempts: 2,
  })
  // One for the first access token, one after the rejection.
  expect(tokenRequests(emulator)).toHaveLength(2)
  expect(apiRequests(emulator)).toHaveLength(2)
})

test('T02 a write that met an expired token is applied once', async () => {
  const emulator = await startHubspot()
  const connector = connectTo(emulator, { auth: expired })
  const before = emulator.state.objects.companies.size
  await connector.companies.create({ properties: { name: 'Once' } })
  expect(emulator.state.objects.companies.size).toBe(before + 1)
})

test('T36 an expired token that nothing can renew is told from a wrong one', async () => {
  const emulator = await startHubspot()
  const auth = { type: 'privateApp', accessToken: 'test-expired-access-token' } as const
  const error = await failure(connectTo(emulator, { auth }).contacts.list())
  expect(error).toMatchObject({ code: 'AUTH_REJECTED', remoteCode: 'EXPIRED_AUTHENTICATION' })
  expect(error.hint).toContain('has expired')
  expect(
    await failure(connectTo(emulator, { auth: { ...serviceKey, key: 'nope' } }).contacts.list()),
  ).toMatchObject({
    code: 'AUTH_REJECTED',
    remoteCode: 'INVALID_AUTHENTICATION',
  })
  expect(apiRequests(emulator)).toHaveLength(2)
})

test('T04 a revoked grant asks for a new connection, and the next call stays at home', async () => {
  const emulator = await startHubspot()
  emulator.revokeToken('test-refresh-token')
  const connector = connectTo(emulator, { auth: oauth })
  for (const call of [connector.contacts.list(), connector.deals.get({ dealId: '401' })]) {
    expect(await failure(call)).toMatchObject({
      code: 'REAUTH_REQUIRED',
      remoteCode: 'invalid_grant',
      outcome: 'not_sent',
    })
  }
  expect(emulator.requests).toHaveLength(1)
})

test('a wrong client secret is a rejected client, not a lost grant', async () => {
  const emulator = await startHubspot()
  const auth = { ...oauth, clientSecret: 'test-wrong-secret' }
  const error = await failure(connectTo(emulator, { auth }).contacts.list())
  expect(error).toMatchObject({ code: 'AUTH_REJECTED', remoteCode: 'invalid_client' })
  expect(JSON.stringify(error)).not.toContain('test-wrong-secret')
})

test('T07 a refresh token that HubSpot replaces is handed over and used next', async () => {
  const emulator = await startHubspot({ rotateRefreshTokens: true })
  const refreshTokens: (string | undefined)[] = []
  const connector = connectTo(emulator, {
    auth: { ...oauth, onTokens: ({ refreshToken }) => void refreshTokens.push(refreshToken) },
  })
  await connector.contacts.list({ limit: 1 })
  for (const { token } of [...emulator.state.accessTokens.values()]) emulator.revokeToken(token)
  await connector.contacts.list({ limit: 1 })
  expect(new Set(['test-refresh-token', ...refreshTokens]).size).toBe(3)
  expect(
    tokenRequests(emulator).map(({ body }) => (body as { refresh_token: string }).refresh_token),
  ).toEqual(['test-refresh-token', refreshTokens[0]])
})

test('T06 an error in a 200 of the token endpoint is an error, and nothing is kept', async () => {
  const emulator = await startHubspot()
  const tokens: unknown[] = []
  const body = { error: 'invalid_grant', access_token: 'test-token-1', token_type: 'bearer' }
  emulator.addFault({ kind: 'fails-before-applying', status: 200, body, match: { path: /token$/ } })
  const auth = { ...oauth, onTokens: (pair: unknown) => void tokens.push(pair) }
  const error = await failure(connectTo(emulator, { auth }).contacts.list())
  expect(error).toMatchObject({ code: 'REAUTH_REQUIRED', outcome: 'not_sent' })
  expect(tokens).toEqual([])
  expect(apiRequests(emulator)).toEqual([])
})

describe('T33 a token of 520 characters with dots', () => {
  const long = (part: string) => `test.${part.repeat(400)}.${part.repeat(114)}`
  const scopes = ['crm.objects.contacts.read']
  const [token, refreshToken] = [long('a'), long('r')]

  test.each([
    ['as a service key', { type: 'serviceKey', key: token }, token],
    ['as a private app’s', { type: 'privateApp', accessToken: token }, token],
    ['as an access token', { ...oauth, accessToken: token }, token],
    ['as a refresh token', { ...oauth, refreshToken }, refreshToken],
  ] as const)('%s is used as it is, and taken out of what HubSpot says', async (_, auth, secret) => {
    expect(secret).toHaveLength(520)
    const emulator = await startHubspot({
      tokens: [{ token, kind: 'serviceKey', scopes }],
      refreshTokens: [{ token: refreshToken, clientId: oauth.clientId, scopes }],
    })
    const connector = connectTo(emulator, { auth })
    await connector.contacts.list({ limit: 1 })
    emulator.addFault({ kind: 'fails-before-applying', status: 400, body: { message: `Not ${secret}.` } })
    const error = await failure(connector.contacts.list())
    expect(error.message).toContain('Not [secret].')
    expect(JSON.stringify(error)).not.toContain(secret)
  })
})

describe('client credentials', () => {
  const scope = 'developer.webhooks_journal.read crm.objects.contacts.read'
  const app = {
    type: 'clientCredentials',
    clientId: oauth.clientId,
    clientSecret: oauth.clientSecret,
    scope,
  } as const

  test('T02 are exchanged with the first call and once after a rejection, in the body', async () => {
    const emulator = await startHubspot()
    const connector = connectTo(emulator, { auth: app })
    await connector.contacts.list({ limit: 1 })
    emulator.expireAccessTokens()
    await connector.contacts.list({ limit: 1 })
    const body = {
      grant_type: 'client_credentials',
      client_id: 'test-client-id',
      client_secret: 'test-client-secret',
      scope,
    }
    expect(tokenRequests(emulator).map((request) => [request.query, request.body])).toEqual([
      [{}, body],
      [{}, body],
    ])
    expect(apiRequests(emulator).map(({ status }) => status)).toEqual([200, 401, 200])
  })

  test('T28 whose token is not open to an action are told which scope is missing', async () => {
    const emulator = await startHubspot()
    const auth = { ...app, scope: 'developer.webhooks_journal.read' }
    const error = await failure(connectTo(emulator, { auth }).contacts.list())
    expect(error).toMatchObject({ code: 'PERMISSION_DENIED' })
    expect(error.hint).toContain('crm.objects.contacts.read')
  })
})
