import type { HubspotEmulator } from '@agent/emulators'
import { describe, expect, test } from 'vitest'
import { hubspotLogin } from '@agent/hubspot/login'
import type { HubspotAuthConfig } from '../../src/index.ts'
import { oauth, serviceKey, startHubspot } from '../start.ts'
import { cleanFailure, client, logIn } from './login-world.ts'

const inspect = ({ url }: HubspotEmulator, auth: HubspotAuthConfig) =>
  hubspotLogin.inspect(auth, { baseUrl: url })

const privateApp = { type: 'privateApp', accessToken: 'test-private-app-token' } as const
const scope = 'developer.webhooks_journal.read'
const app = { type: 'clientCredentials', ...client, scope } as const
const secrets = Object.values(oauth).slice(2)

test('OAuth: the refresh token is introspected in the body, and nothing is renewed', async () => {
  const emulator = await startHubspot()
  const tokens = await logIn(emulator)
  const report = await inspect(emulator, hubspotLogin.authOf(client, tokens))
  expect(report).toEqual({
    account: 'example.com',
    displayName: 'admin@example.com',
    scopes: ['oauth', 'crm.objects.contacts.read'],
  })
  expect(emulator.requests.at(-1)).toMatchObject({
    method: 'POST',
    path: '/oauth/2026-03/token/introspect',
    query: {},
    body: {
      client_id: client.clientId,
      client_secret: client.clientSecret,
      token: tokens.refreshToken,
      token_type_hint: 'refresh_token',
    },
  })
  expect(emulator.tokenRequests).toHaveLength(1)
  // The page, the exchange and the introspection; nothing else was sent.
  expect(emulator.requests).toHaveLength(3)
})

test('a service key tells its account', async () => {
  const emulator = await startHubspot()
  expect(await inspect(emulator, serviceKey)).toEqual({ account: String(emulator.state.portalId) })
  expect(emulator.requests.map(({ path }) => path)).toEqual(['/account-info/2026-03/details'])
})

describe('a private app', () => {
  const match = { path: /access-token-info$/ }

  test('tells its account and scopes, its token in the body', async () => {
    const emulator = await startHubspot()
    const body = { userId: 7, hubId: 12, appId: 42, scopes: ['oauth', 'tickets'] }
    emulator.addFault({ kind: 'fails-before-applying', status: 200, body, match })
    const account = String(emulator.state.portalId)
    expect(await inspect(emulator, privateApp)).toEqual({ account, scopes: ['oauth', 'tickets'] })
    expect(emulator.requests.at(-1)).toMatchObject({
      path: '/oauth/v2/private-apps/get/access-token-info',
      query: {},
      body: { tokenKey: 'test-private-app-token' },
    })
  })

  test('is good without scopes where HubSpot does not tell them', async () => {
    const emulator = await startHubspot()
    expect(await inspect(emulator, privateApp)).toEqual({ account: String(emulator.state.portalId) })
    const body = { scopes: 'test-private-app-token' }
    emulator.addFault({ kind: 'fails-before-applying', status: 200, body, match })
    const error = await cleanFailure(inspect(emulator, privateApp), ['test-private-app-token'])
    expect(error).toMatchObject({ code: 'REPLY_DRIFTED' })
  })
})

test('client credentials tell the scopes of the app’s token', async () => {
  const emulator = await startHubspot()
  expect(await inspect(emulator, app)).toEqual({ account: 'test-client-id', scopes: [scope] })
  expect(emulator.requests.map(({ path }) => path)).toEqual([
    '/oauth/2026-03/token',
    '/oauth/2026-03/token/introspect',
  ])
})

describe('what is not good any more', () => {
  test.each([
    ['OAuth', oauth, 'test-refresh-token'],
    ['a service key', serviceKey, 'test-service-key'],
    ['a private app', privateApp, 'test-private-app-token'],
  ] as const)('T36 %s costs one request', async (_, auth, token) => {
    const emulator = await startHubspot()
    emulator.revokeToken(token)
    const error = await cleanFailure(inspect(emulator, auth), [token, ...secrets])
    expect(error).toMatchObject({ code: 'AUTH_REJECTED', outcome: 'rejected' })
    expect(emulator.requests).toHaveLength(1)
  })

  test.each([
    ['OAuth', oauth],
    ['client credentials', app],
  ] as const)('%s under a wrong secret is a rejected client', async (_, auth) => {
    const emulator = await startHubspot()
    const call = inspect(emulator, { ...auth, clientSecret: 'test-wrong-secret' })
    const error = await cleanFailure(call, ['test-wrong-secret', ...secrets])
    expect(error).toMatchObject({ code: 'AUTH_REJECTED', remoteCode: 'invalid_client' })
    expect(emulator.requests).toHaveLength(1)
  })
})

describe('answers that are none', () => {
  const introspecting = { path: /introspect$/ }

  test.each([
    ['a page', 200, '<html>test-refresh-token', 'REPLY_INVALID'],
    ['another object', 200, { token: 'test-refresh-token' }, 'REPLY_INVALID'],
    ['a missing page', 404, { error: 'test-refresh-token'.repeat(9) }, 'TOKEN_ENDPOINT_FAILED'],
  ])('%s', async (_, status, body, code) => {
    const emulator = await startHubspot()
    emulator.addFault({ kind: 'fails-before-applying', status, body, match: introspecting })
    expect(await cleanFailure(inspect(emulator, oauth), secrets)).toMatchObject({ code, outcome: 'not_sent' })
  })

  test('a rate limit is waited out', async () => {
    const emulator = await startHubspot()
    emulator.addFault({ kind: 'rate-limited', retryAfterSeconds: 0, match: introspecting })
    expect(await inspect(emulator, oauth)).toMatchObject({ account: 'example.com' })
  })

  test('an aborted call', async () => {
    const { url } = await startHubspot()
    const call = hubspotLogin.inspect(oauth, { baseUrl: url, signal: AbortSignal.abort() })
    expect(await cleanFailure(call, secrets)).toMatchObject({ code: 'ABORTED' })
  })

  test('a redirect is not followed', async () => {
    const emulator = await startHubspot()
    const headers = { location: 'https://evil.example/introspect' }
    emulator.addFault({ kind: 'fails-before-applying', status: 307, headers, match: introspecting })
    expect(await cleanFailure(inspect(emulator, oauth), secrets)).toMatchObject({ code: 'REDIRECT_BLOCKED' })
    expect(emulator.requests).toHaveLength(1)
  })
})

test('a wrong auth config is refused before anything is sent', async () => {
  const emulator = await startHubspot()
  const auth = { ...oauth, clientId: 7 } as never
  const error = await cleanFailure(inspect(emulator, auth), secrets)
  expect(error).toMatchObject({ code: 'CONFIG_INVALID', issues: [{ path: 'clientId' }] })
  expect(emulator.requests).toEqual([])
})
