/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment -- Bodies are of every shape. */
import { createHash } from 'node:crypto'
import { Client } from '@hubspot/api-client'
import { describe, expect, test } from 'vitest'
import { defaultHubspotSeed, type HubspotEmulator } from '../src/index.ts'
import { postForm, requests, startHubspot, testClient, type Reply } from './hubspot-requests.ts'

const contacts = '/crm/objects/2026-09/contacts'
const redirectUri = 'http://localhost:4321/oauth-callback'
const verifier = 'test-code-verifier-of-at-least-43-characters-'
const challenge = createHash('sha256').update(verifier).digest('base64url')
const request = {
  client_id: 'test-client-id',
  redirect_uri: redirectUri,
  scope: 'oauth crm.objects.contacts.read',
}

type Query = Record<string, string>

async function openPage(
  emulator: HubspotEmulator,
  query: Query,
  path = '/oauth/authorize',
): Promise<Response> {
  const url = `${emulator.url}${path}?${new URLSearchParams(query).toString()}`
  return await fetch(url, { redirect: 'manual' })
}

/** What the authorization page sends back to the app. */
async function authorize(emulator: HubspotEmulator, query: Query = request, path?: string): Promise<Query> {
  const response = await openPage(emulator, query, path)
  expect(response.status).toBe(302)
  const location = new URL(response.headers.get('location')!)
  expect(location.origin + location.pathname).toBe(redirectUri)
  return Object.fromEntries(location.searchParams)
}

async function exchange(emulator: HubspotEmulator, fields: Query, version = '2026-03'): Promise<Reply> {
  return await postForm(`${emulator.url}/oauth/${version}/token`, { ...testClient, ...fields })
}

function exchangeCode(emulator: HubspotEmulator, code: string | undefined, fields: Query = {}) {
  const grant = { grant_type: 'authorization_code', redirect_uri: redirectUri, code: code ?? '' }
  return exchange(emulator, { ...grant, ...fields })
}

describe('the authorization page', () => {
  test.each(['/oauth/authorize', '/oauth/12345678/authorize'])('%s leads to tokens', async (path) => {
    const emulator = await startHubspot()
    const query = { ...request, optional_scope: 'crm.objects.deals.read', state: 'test state' }
    const { code, ...rest } = await authorize(emulator, query, path)
    expect(rest).toEqual({ state: 'test state' })
    const { status, body } = await exchangeCode(emulator, code)
    expect([status, body]).toMatchObject([
      200,
      { scopes: ['oauth', 'crm.objects.contacts.read', 'crm.objects.deals.read'], expires_in: 1800 },
    ])
    const tokens = body as { access_token: string; refresh_token: string }
    expect((await requests(emulator, tokens.access_token)('GET', contacts)).status).toBe(200)
    const { refresh_token } = tokens
    expect((await exchange(emulator, { grant_type: 'refresh_token', refresh_token })).status).toBe(200)
  })

  test('sends the user back with access_denied when told to deny, until a reset', async () => {
    const emulator = await startHubspot()
    emulator.approval = 'deny'
    const answer = await authorize(emulator, { ...request, state: 'test-state' })
    expect(answer).toMatchObject({ error: 'access_denied', state: 'test-state' })
    expect(answer).not.toHaveProperty('code')
    emulator.reset()
    expect(emulator.approval).toBe('approve')
    expect(await authorize(emulator)).toHaveProperty('code')
  })

  test.each([
    [{ client_id: 'unknown' }, '/oauth/authorize'],
    [{ redirect_uri: '' }, '/oauth/authorize'],
    [{ redirect_uri: `${redirectUri}/below` }, '/oauth/authorize'],
    [{ scope: ' ' }, '/oauth/authorize'],
    [{}, '/oauth/87654321/authorize'],
  ])('shows the problem to the user: %j at %s', async (changes, path) => {
    const apps = [
      { clientId: 'test-client-id', clientSecret: 'test-client-secret', redirectUris: [redirectUri] },
    ]
    const emulator = await startHubspot({ seed: { apps } })
    expect(await authorize(emulator)).toHaveProperty('code')
    const response = await openPage(emulator, { ...request, ...changes }, path)
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
  })

  test('refuses a challenge that is not of S256', async () => {
    const emulator = await startHubspot()
    const plain = { ...request, code_challenge: challenge, code_challenge_method: 'plain' }
    expect(await authorize(emulator, plain)).toMatchObject({ error: 'invalid_request' })
  })
})

describe('the exchange of a code', () => {
  test('needs the verifier of the challenge, and works once', async () => {
    const emulator = await startHubspot()
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
    const { code } = await authorize(emulator, { ...request, ...pkce })
    const refused = { status: 400, body: { error: 'invalid_grant', status: 'BAD_CODE_VERIFIER' } }
    expect(await exchangeCode(emulator, code)).toMatchObject(refused)
    expect(await exchangeCode(emulator, code, { code_verifier: `${verifier}x` })).toMatchObject(refused)
    expect((await exchangeCode(emulator, code, { code_verifier: verifier })).status).toBe(200)
    const again = await exchangeCode(emulator, code, { code_verifier: verifier })
    expect(again).toMatchObject({ status: 400, body: { status: 'BAD_AUTH_CODE' } })
  })

  test('needs the same redirect URI, and is due within ten minutes', async () => {
    let now = 1_000
    const emulator = await startHubspot({ now: () => now })
    const { code } = await authorize(emulator)
    const elsewhere = await exchangeCode(emulator, code, { redirect_uri: `${redirectUri}/other` })
    expect(elsewhere).toMatchObject({ status: 400, body: { status: 'BAD_REDIRECT_URI' } })
    now += 600_000
    expect(await exchangeCode(emulator, code)).toMatchObject({ body: { status: 'BAD_AUTH_CODE' } })
  })
})

test('client credentials give an access token of the scopes asked for, and no refresh token', async () => {
  const emulator = await startHubspot()
  const scope = 'developer.webhooks_journal.read crm.objects.contacts.read'
  const { status, body } = await exchange(emulator, { grant_type: 'client_credentials', scope })
  expect(status).toBe(200)
  expect(body).toMatchObject({ token_type: 'bearer', expires_in: 1800, scopes: scope.split(' ') })
  expect(body).not.toHaveProperty('refresh_token')
  const wrong = await exchange(emulator, { grant_type: 'client_credentials', scope, client_secret: 'other' })
  expect(wrong).toMatchObject({ status: 400, body: { status: 'BAD_CLIENT_SECRET' } })
})

describe('inspecting and revoking', () => {
  const other = { client_id: 'other', client_secret: 'other-secret' }
  const apps = [...defaultHubspotSeed.apps!, { clientId: 'other', clientSecret: 'other-secret' }]
  const seed = { ...defaultHubspotSeed, apps }

  test("are an app's own: another's tokens are inactive and stay good", async () => {
    const emulator = await startHubspot({ seed })
    const base = `${emulator.url}/oauth/2026-03/token`
    const token = 'test-refresh-token'
    const introspect = (client: Query) =>
      postForm(`${base}/introspect`, { ...client, token, token_type_hint: 'refresh_token' })
    expect((await introspect(other)).body).toEqual({ active: false })
    expect((await postForm(`${base}/revoke`, { ...other, token })).status).toBe(200)
    expect((await introspect(testClient)).body).toMatchObject({
      active: true,
      token_use: 'refresh_token',
      client_id: 'test-client-id',
      hub_id: emulator.state.portalId,
    })
  })

  test.each(['introspect', 'revoke'])('%s wants client and token in the body', async (path) => {
    const emulator = await startHubspot()
    const url = `${emulator.url}/oauth/2026-03/token/${path}`
    const fields = { ...testClient, token: 'test-refresh-token' }
    const inQuery = await fetch(`${url}?${new URLSearchParams(fields).toString()}`, { method: 'POST' })
    expect([inQuery.status, await inQuery.json()]).toMatchObject([400, { error: 'invalid_request' }])
    const wrong = await postForm(url, { ...fields, client_secret: 'other' })
    expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_client' } })
    expect(emulator.state.refreshTokens.get('test-refresh-token')?.revoked).not.toBe(true)
  })
})

test('access tokens expire at a word, refresh tokens and keys stay good', async () => {
  const emulator = await startHubspot()
  const renew = () => exchange(emulator, { grant_type: 'refresh_token', refresh_token: 'test-refresh-token' })
  const issued = String((await renew()).body.access_token)
  emulator.expireAccessTokens()
  for (const token of [issued, 'test-access-token']) {
    expect(await requests(emulator, token)('GET', contacts)).toMatchObject({
      status: 401,
      body: { category: 'EXPIRED_AUTHENTICATION' },
    })
  }
  for (const token of [
    'test-service-key',
    'test-private-app-token',
    String((await renew()).body.access_token),
  ]) {
    expect((await requests(emulator, token)('GET', contacts)).status).toBe(200)
  }
})

test('token requests are listed with grant type, time and status, faults included', async () => {
  let now = 1_000
  const emulator = await startHubspot({ now: () => now })
  const renewal = { grant_type: 'refresh_token', refresh_token: 'test-refresh-token' }
  await exchange(emulator, renewal)
  now += 500
  emulator.addFault({ kind: 'rate-limited', match: { path: /\/token$/ } })
  await exchange(emulator, renewal, 'v1')
  await exchangeCode(emulator, 'unknown')
  await postForm(`${emulator.url}/oauth/2026-03/token/revoke`, { ...testClient, token: 'unknown' })
  expect(emulator.tokenRequests).toEqual([
    { grantType: 'refresh_token', time: 1_000, status: 200 },
    { grantType: 'refresh_token', time: 1_500, status: 429 },
    { grantType: 'authorization_code', time: 1_500, status: 400 },
  ])
})

test('the official client logs in', async () => {
  const emulator = await startHubspot()
  const client = new Client({ basePath: emulator.url })
  const { pathname, searchParams } = new URL(
    client.oauth.getAuthorizationUrl('test-client-id', redirectUri, request.scope, undefined, 'test-state'),
  )
  const { code, state } = await authorize(emulator, Object.fromEntries(searchParams), pathname)
  expect(state).toBe('test-state')
  const { tokensApi } = client.oauth
  const ids = ['test-client-id', 'test-client-secret'] as const
  const tokens = await tokensApi.create('authorization_code', code, redirectUri, ...ids)
  client.setAccessToken(tokens.accessToken)
  expect((await client.crm.contacts.basicApi.getPage(1)).results).toHaveLength(1)
})
