/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment -- Bodies are of every shape. */
import { expect, test } from 'vitest'
import { defaultHubspotSeed } from '../src/hubspot/seed/default-seed.ts'
import { postForm, requests, startHubspot, testClient } from './hubspot-requests.ts'

const contacts = '/crm/objects/2026-09/contacts'

test('a missing, unknown, malformed or revoked token answers 401', async () => {
  const emulator = await startHubspot()
  const none = await fetch(emulator.url + contacts)
  expect([none.status, await none.json()]).toMatchObject([401, { category: 'INVALID_AUTHENTICATION' }])
  const inQuery = await fetch(`${emulator.url}${contacts}?access_token=test-service-key`)
  expect(inQuery.status).toBe(401)
  for (const token of ['nobody', 'test-service-key more']) {
    expect((await requests(emulator, token)('GET', contacts)).status).toBe(401)
  }

  const call = requests(emulator)
  expect((await call('GET', contacts)).status).toBe(200)
  emulator.revokeToken('test-service-key')
  expect(await call('GET', contacts)).toMatchObject({
    status: 401,
    body: { category: 'INVALID_AUTHENTICATION' },
  })
  emulator.reset()
  expect((await call('GET', contacts)).status).toBe(200)
})

test('an expired token answers 401 with the time it expired at', async () => {
  const emulator = await startHubspot({ now: () => 75_000 })
  const { status, body } = await requests(emulator, 'test-expired-access-token')('GET', contacts)
  expect([status, body]).toMatchObject([
    401,
    {
      category: 'EXPIRED_AUTHENTICATION',
      message: 'The OAuth token used to make this call expired 75 second(s) ago.',
      context: { 'expire time': ['1970-01-01T00:00:00.000Z'] },
    },
  ])
})

test.each([
  ['GET', '/crm/objects/2026-09/contacts', ['crm.objects.contacts.read']],
  ['POST', '/crm/objects/2026-09/companies', ['crm.objects.companies.write']],
  ['POST', '/crm/objects/2026-09/deals/search', ['crm.objects.deals.read']],
  ['DELETE', '/crm/v3/objects/tickets/501', ['crm.objects.tickets.write', 'tickets']],
  ['POST', '/crm/objects/2026-09/notes', ['crm.objects.contacts.write']],
  ['POST', '/crm/objects/2026-09/deals/batch/read', ['crm.objects.deals.read']],
  ['GET', '/crm/owners/2026-09', ['crm.objects.owners.read']],
  ['GET', '/account-info/2026-09/details', ['oauth']],
  [
    'PUT',
    '/crm/objects/2026-09/deals/401/associations/default/companies/201',
    ['crm.objects.deals.write', 'crm.objects.companies.write'],
  ],
])('%s %s without its scope answers 403 and names the scope', async (method, path, scopes) => {
  const emulator = await startHubspot({
    seed: { tokens: [{ token: 'bare', scopes: [], kind: 'serviceKey' }] },
  })
  const { status, body } = await requests(emulator, 'bare')(method, path, method === 'POST' ? {} : undefined)
  expect([status, body.category]).toEqual([403, 'MISSING_SCOPES'])
  expect(body.errors[0].context.requiredGranularScopes).toEqual(scopes)
})

test('a read scope does not write, and the older tickets scope does both', async () => {
  const tokens = [
    { token: 'reader', scopes: ['crm.objects.tickets.read'], kind: 'serviceKey' as const },
    { token: 'older', scopes: ['tickets'], kind: 'privateApp' as const },
  ]
  const emulator = await startHubspot({ seed: { ...defaultHubspotSeed, tokens } })
  const path = '/crm/objects/2026-09/tickets/501'
  const update = { properties: { subject: 'Changed' } }
  expect((await requests(emulator, 'reader')('GET', path)).status).toBe(200)
  expect((await requests(emulator, 'reader')('PATCH', path, update)).status).toBe(403)
  expect((await requests(emulator, 'older')('PATCH', path, update)).status).toBe(200)
})

const versions = ['2026-03', '2026-09', 'v1']

test.each(versions)('/oauth/%s/token renews for thirty minutes of the clock', async (version) => {
  let now = 1_000_000
  const emulator = await startHubspot({ now: () => now })
  const fields = { grant_type: 'refresh_token', ...testClient, refresh_token: 'test-refresh-token' }
  const { status, body } = await postForm(`${emulator.url}/oauth/${version}/token`, fields)
  expect([status, body]).toMatchObject([
    200,
    {
      token_type: 'bearer',
      expires_in: 1800,
      refresh_token: 'test-refresh-token',
      token_use: 'access_token',
    },
  ])
  const call = requests(emulator, body.access_token as string)
  now += 1_799_999
  expect((await call('GET', contacts)).status).toBe(200)
  now += 1
  expect((await call('GET', contacts)).body.category).toBe('EXPIRED_AUTHENTICATION')
})

test.each([
  [{ client_id: 'other' }, 'invalid_client', 'BAD_CLIENT_ID'],
  [{ client_secret: 'other' }, 'invalid_client', 'BAD_CLIENT_SECRET'],
  [{ client_secret: '' }, 'invalid_client', 'BAD_CLIENT_SECRET'],
  [{ refresh_token: 'other' }, 'invalid_grant', 'BAD_REFRESH_TOKEN'],
  [{ grant_type: 'password' }, 'unsupported_grant_type', 'BAD_GRANT_TYPE'],
  [{ grant_type: 'authorization_code', code: 'other' }, 'invalid_grant', 'BAD_AUTH_CODE'],
])('the token endpoint refuses %o', async (wrong, error, status) => {
  const emulator = await startHubspot()
  const fields = { grant_type: 'refresh_token', ...testClient, refresh_token: 'test-refresh-token', ...wrong }
  const reply = await postForm(`${emulator.url}/oauth/2026-03/token`, fields)
  expect(reply).toMatchObject({ status: 400, body: { error, status } })
  expect(emulator.state.issuedTokens).toBe(0)
})

test("the token endpoint refuses another client's refresh token", async () => {
  const apps = [...defaultHubspotSeed.apps!, { clientId: 'other', clientSecret: 'other-secret' }]
  const emulator = await startHubspot({ seed: { ...defaultHubspotSeed, apps } })
  const { body } = await postForm(`${emulator.url}/oauth/2026-03/token`, {
    grant_type: 'refresh_token',
    client_id: 'other',
    client_secret: 'other-secret',
    refresh_token: 'test-refresh-token',
  })
  expect(body.status).toBe('BAD_REFRESH_TOKEN')
})

test('the token endpoint refuses parameters in the query and bodies that are not forms', async () => {
  const emulator = await startHubspot()
  const fields = { grant_type: 'refresh_token', ...testClient, refresh_token: 'test-refresh-token' }
  const url = `${emulator.url}/oauth/2026-03/token`
  const inQuery = await fetch(`${url}?${String(new URLSearchParams(fields))}`, { method: 'POST' })
  expect([inQuery.status, await inQuery.json()]).toMatchObject([400, { error: 'invalid_request' }])
  const both = await postForm(`${url}?client_secret=test-client-secret`, fields)
  expect(both.status).toBe(400)
  const json = await requests(emulator)('POST', '/oauth/2026-03/token', fields)
  expect(json.status).toBe(415)
})

test('an authorization code works once, with its redirect URI', async () => {
  const code = {
    code: 'code-1',
    clientId: 'test-client-id',
    redirectUri: 'https://app.example/cb',
    scopes: ['oauth'],
  }
  const emulator = await startHubspot({ seed: { ...defaultHubspotSeed, authorizationCodes: [code] } })
  const exchange = (redirect_uri: string) =>
    postForm(`${emulator.url}/oauth/2026-03/token`, {
      grant_type: 'authorization_code',
      ...testClient,
      code: 'code-1',
      redirect_uri,
    })
  expect((await exchange('https://other.example')).body.status).toBe('BAD_REDIRECT_URI')
  const tokens = await exchange('https://app.example/cb')
  expect([tokens.status, tokens.body.scopes]).toEqual([200, ['oauth']])
  expect((await exchange('https://app.example/cb')).body.status).toBe('BAD_AUTH_CODE')
})

test('rotating refresh tokens are single-use', async () => {
  const emulator = await startHubspot({ seed: { ...defaultHubspotSeed, rotateRefreshTokens: true } })
  const renew = (refresh_token: string) =>
    postForm(`${emulator.url}/oauth/2026-03/token`, {
      grant_type: 'refresh_token',
      ...testClient,
      refresh_token,
    })
  const first = await renew('test-refresh-token')
  expect(first.body.refresh_token).not.toBe('test-refresh-token')
  expect((await renew('test-refresh-token')).body.status).toBe('BAD_REFRESH_TOKEN')
  expect((await renew(first.body.refresh_token as string)).status).toBe(200)
})

test('introspection tells about a token, and revoking ends renewal but not issued tokens', async () => {
  const emulator = await startHubspot({ now: () => 5_000 })
  const base = `${emulator.url}/oauth/2026-03/token`
  const renewal = { grant_type: 'refresh_token', ...testClient, refresh_token: 'test-refresh-token' }
  const access = (await postForm(base, renewal)).body.access_token as string
  const introspect = (token: string) => postForm(`${base}/introspect`, { ...testClient, token })
  expect((await introspect(access)).body).toMatchObject({
    active: true,
    token_use: 'access_token',
    expires_in: 1800,
  })
  expect((await introspect('unknown')).body).toEqual({ active: false })

  expect((await postForm(`${base}/revoke`, { ...testClient, token: 'test-refresh-token' })).status).toBe(200)
  expect((await introspect('test-refresh-token')).body).toEqual({ active: false })
  expect((await postForm(base, renewal)).body.status).toBe('BAD_REFRESH_TOKEN')
  expect((await requests(emulator, access)('GET', contacts)).status).toBe(200)
})
