import { createHash } from 'node:crypto'
import { Octokit } from '@octokit/rest'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  createGithubEmulator,
  defaultGithubSeed,
  type GithubEmulator,
  type GithubSeed,
} from '../src/index.ts'

const start = Date.parse('2026-10-01T12:00:00Z')
const githubApp = { client_id: 'test-client-id', client_secret: 'test-client-secret' }
const oauthApp = { client_id: 'test-oauth-app-id', client_secret: 'test-oauth-app-secret' }
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'
const callback = 'http://127.0.0.1:4321/callback'
const verifier = 'test-code-verifier-of-at-least-43-characters-'
const challenge = createHash('sha256').update(verifier).digest('base64url')

let emulator: GithubEmulator
let clock: number

async function begin(seed: GithubSeed = defaultGithubSeed): Promise<void> {
  emulator = await createGithubEmulator({ seed, now: () => clock })
}

async function beginAnew(seed: GithubSeed): Promise<void> {
  await emulator.close()
  await begin(seed)
}

beforeEach(async () => {
  clock = start
  await begin()
})

afterEach(async () => {
  await emulator.close()
})

type Json = Record<string, unknown>

async function post(path: string, fields: Record<string, string>): Promise<Json> {
  const headers = { accept: 'application/json' }
  const body = new URLSearchParams(fields)
  const response = await fetch(emulator.url + path, { method: 'POST', headers, body })
  expect(response.status).toBe(200)
  return (await response.json()) as Json
}

const exchange = (fields: Record<string, string>) => post('/login/oauth/access_token', fields)

async function getUser(token: unknown): Promise<Response> {
  return await fetch(`${emulator.url}/user`, { headers: { authorization: `Bearer ${String(token)}` } })
}

/** Where the authorization page sends the user. */
async function authorize(query: Record<string, string>): Promise<URL> {
  const url = `${emulator.url}/login/oauth/authorize?${new URLSearchParams(query).toString()}`
  const response = await fetch(url, { redirect: 'manual' })
  expect(response.status).toBe(302)
  return new URL(response.headers.get('location')!)
}

async function codeFor(app: { client_id: string }, query: Record<string, string> = {}): Promise<string> {
  const { client_id } = app
  return (await authorize({ client_id, redirect_uri: callback, ...query })).searchParams.get('code')!
}

describe('the device flow', () => {
  interface Device {
    device_code: string
    user_code: string
  }

  async function beginLogin({ client_id } = oauthApp, scope = 'repo gist'): Promise<Device> {
    return (await post('/login/device/code', { client_id, scope })) as unknown as Device
  }

  const poll = ({ device_code }: Device, { client_id } = oauthApp) =>
    exchange({ client_id, device_code, grant_type: deviceGrant })

  test('hands out codes of fifteen minutes, form-encoded unless asked for JSON', async () => {
    const device = await beginLogin()
    expect(device).toEqual({
      device_code: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      user_code: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/) as string,
      verification_uri: `${emulator.url}/login/device`,
      expires_in: 900,
      interval: 5,
    })
    const body = new URLSearchParams({ client_id: 'test-client-id' })
    const response = await fetch(`${emulator.url}/login/device/code`, { method: 'POST', body })
    const form = new URLSearchParams(await response.text())
    expect(form.get('expires_in')).toBe('900')
    expect(form.get('user_code')).not.toBe(device.user_code)
  })

  test('gives a token without expiry to an OAuth app, once, after the user approved', async () => {
    const device = await beginLogin()
    expect(await poll(device)).toMatchObject({ error: 'authorization_pending' })
    clock += 5_000
    emulator.approveDevice(device.user_code.toLowerCase())
    const tokens = await poll(device)
    expect(tokens).toEqual({
      access_token: expect.any(String) as string,
      token_type: 'bearer',
      scope: 'repo,gist',
    })
    const user = await getUser(tokens['access_token'])
    expect(user.headers.get('x-oauth-scopes')).toBe('repo, gist')
    expect(user.headers.get('x-accepted-oauth-scopes')).toBe('')
    expect(user.headers.get('x-oauth-client-id')).toBe('test-oauth-app-id')
    expect(((await user.json()) as Json)['login']).toBe('maria-silva')
    expect(await poll(device)).toMatchObject({ error: 'incorrect_device_code' })
  })

  test('gives a GitHub App tokens that expire, and renews them without its secret', async () => {
    const device = await beginLogin(githubApp)
    emulator.approveDevice(device.user_code)
    const tokens = await poll(device, githubApp)
    expect(tokens).toMatchObject({ expires_in: 28_800, refresh_token_expires_in: 15_811_200, scope: '' })
    clock += 28_800_000
    expect((await getUser(tokens['access_token'])).status).toBe(401)
    const { client_id } = githubApp
    const refresh_token = String(tokens['refresh_token'])
    const renewed = await exchange({ client_id, grant_type: 'refresh_token', refresh_token })
    expect((await getUser(renewed['access_token'])).status).toBe(200)
  })

  test('tells a device that polls too soon to slow down by five seconds, each time', async () => {
    const device = await beginLogin()
    await poll(device)
    clock += 4_999
    expect(await poll(device)).toMatchObject({ error: 'slow_down', interval: 10 })
    clock += 9_999
    expect(await poll(device)).toMatchObject({ error: 'slow_down', interval: 15 })
    clock += 15_000
    expect(await poll(device)).toMatchObject({ error: 'authorization_pending' })
  })

  test('polls at will where the seed sets no interval', async () => {
    await beginAnew({ ...defaultGithubSeed, deviceInterval: 0 })
    const device = await beginLogin()
    expect(device).toMatchObject({ interval: 0 })
    const pending = { error: 'authorization_pending' }
    expect([await poll(device), await poll(device)]).toMatchObject([pending, pending])
  })

  test('ends when the user denies, and when its codes expire', async () => {
    const denied = await beginLogin()
    emulator.denyDevice(denied.user_code)
    expect(await poll(denied)).toMatchObject({ error: 'access_denied' })
    const forgotten = await beginLogin()
    clock += 900_000
    expect(await poll(forgotten)).toMatchObject({ error: 'expired_token' })
    for (const { user_code } of [denied, forgotten, { user_code: 'BBBB-BBBB' }]) {
      expect(() => {
        emulator.approveDevice(user_code)
      }).toThrow(TypeError)
    }
  })

  test('refuses unknown clients, apps without the flow, and codes of another client', async () => {
    expect(await beginLogin({ client_id: 'unknown', client_secret: '' })).toMatchObject({
      error: 'incorrect_client_credentials',
    })
    const device = await beginLogin()
    emulator.approveDevice(device.user_code)
    expect(await poll(device, githubApp)).toMatchObject({ error: 'incorrect_device_code' })
    await beginAnew({
      ...defaultGithubSeed,
      oauthApps: [{ clientId: 'test-oauth-app-id', clientSecret: 'test-oauth-app-secret' }],
    })
    expect(await beginLogin()).toMatchObject({ error: 'device_flow_disabled' })
    expect(await poll(device)).toMatchObject({ error: 'device_flow_disabled' })
  })
})

describe('the authorization page', () => {
  test('sends the user back with a code, the state and the issuer', async () => {
    const state = 'test state&1'
    const location = await authorize({ ...oauthApp, redirect_uri: `${callback}?from=page`, state })
    expect(location.origin + location.pathname).toBe(callback)
    expect(Object.fromEntries(location.searchParams)).toEqual({
      from: 'page',
      code: expect.any(String) as string,
      state,
      iss: `${emulator.url}/login/oauth`,
    })
  })

  test('sends the user back with access_denied when told to deny, until a reset', async () => {
    emulator.approval = 'deny'
    const query = { client_id: 'test-client-id', redirect_uri: callback, state: 'test-state' }
    const { searchParams } = await authorize(query)
    expect(Object.fromEntries(searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'test-state',
      iss: `${emulator.url}/login/oauth`,
    })
    expect(searchParams.has('code')).toBe(false)
    emulator.reset()
    expect(emulator.approval).toBe('approve')
    expect((await authorize(query)).searchParams.has('code')).toBe(true)
  })

  test.each([
    ['http://example.com/path', true],
    ['http://example.com/path/subdir/other', true],
    ['http://oauth.example.com/path', true],
    ['http://127.0.0.1:1234/path', true],
    ['http://127.0.0.1/path/below', true],
    ['http://example.com/bar', false],
    ['http://example.com/pathological', false],
    ['http://example.com/path/../bar', false],
    ['http://example.com:8080/path', false],
    ['https://example.com/path', false],
    ['http://badexample.com/path', false],
    ['http://127.0.0.1:1234/other', false],
    ['nonsense', false],
  ])('the redirect URL %s is registered: %s', async (redirect_uri, isRegistered) => {
    const redirectUris = ['http://example.com/path', 'http://127.0.0.1/path']
    const client = { clientId: 'test-client-id', clientSecret: 'test-client-secret', redirectUris }
    await beginAnew({ users: [{ login: 'maria-silva' }], oauthApps: [client] })
    const location = await authorize({ client_id: 'test-client-id', redirect_uri })
    expect(location.searchParams.has('code')).toBe(isRegistered)
    if (isRegistered) return
    expect(location.href).toMatch(/^http:\/\/example\.com\/path\?error=redirect_uri_mismatch&/)
  })

  test('refuses a challenge that is not of S256, and clients that it does not know', async () => {
    for (const pkce of [
      { code_challenge: challenge },
      { code_challenge: challenge, code_challenge_method: 'plain' },
      { code_challenge: 'short', code_challenge_method: 'S256' },
    ] as Record<string, string>[]) {
      const location = await authorize({ client_id: 'test-client-id', ...pkce })
      expect(location.searchParams.get('error')).toBe('invalid_request')
    }
    const unknown = await fetch(`${emulator.url}/login/oauth/authorize?client_id=unknown`)
    expect(unknown.status).toBe(404)
  })
})

describe('the exchange of a code', () => {
  test('gives tokens once, with the verifier of the challenge', async () => {
    const code = await codeFor(githubApp, { code_challenge: challenge, code_challenge_method: 'S256' })
    const fields = { ...githubApp, code, redirect_uri: callback }
    const bad = { error: 'bad_verification_code' }
    expect(await exchange(fields)).toMatchObject(bad)
    expect(await exchange({ ...fields, code_verifier: `${verifier}x` })).toMatchObject(bad)
    const tokens = await exchange({ ...fields, code_verifier: verifier })
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 28_800, scope: '' })
    expect((await getUser(tokens['access_token'])).status).toBe(200)
    expect(await exchange({ ...fields, code_verifier: verifier })).toMatchObject(bad)
  })

  test('gives an OAuth app the scopes asked for, as the user of the seed', async () => {
    await beginAnew({ ...defaultGithubSeed, signedIn: 'tom-becker' })
    const code = await codeFor(oauthApp, { scope: 'repo user' })
    const tokens = await exchange({ ...oauthApp, code, grant_type: 'authorization_code' })
    expect(tokens).toEqual({
      access_token: expect.any(String) as string,
      token_type: 'bearer',
      scope: 'repo,user',
    })
    const user = (await (await getUser(tokens['access_token'])).json()) as Json
    expect(user['login']).toBe('tom-becker')
  })

  test.each([
    [{ client_secret: 'wrong' }, 'incorrect_client_credentials'],
    [{ ...oauthApp }, 'bad_verification_code'],
    [{ code: 'unknown' }, 'bad_verification_code'],
    [{ redirect_uri: 'http://127.0.0.1:1/callback' }, 'redirect_uri_mismatch'],
  ])('refuses %j with %s', async (changes, error) => {
    const code = await codeFor(githubApp)
    const fields = { ...githubApp, code, redirect_uri: callback }
    expect(await exchange({ ...fields, ...changes })).toMatchObject({ error })
    expect(await exchange(fields)).toHaveProperty('access_token')
  })

  test('refuses a code after ten minutes', async () => {
    const code = await codeFor(githubApp)
    clock += 600_000
    expect(await exchange({ ...githubApp, code })).toMatchObject({ error: 'bad_verification_code' })
  })
})

describe('the tokens of an app', () => {
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

  function clientOf({ client_id, client_secret }: typeof githubApp): Octokit {
    const octokit = new Octokit({ baseUrl: emulator.url, log })
    const authorization = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`
    octokit.hook.before('request', (options) => {
      options.headers.authorization = authorization
    })
    return octokit
  }

  async function logIn(app = githubApp): Promise<{ access_token: string; refresh_token: string }> {
    const tokens = await exchange({ ...app, code: await codeFor(app, { scope: 'repo' }) })
    return tokens as { access_token: string; refresh_token: string }
  }

  const renew = (refresh_token: string) =>
    exchange({ ...githubApp, grant_type: 'refresh_token', refresh_token })

  test('are checked', async () => {
    const { access_token } = await logIn(oauthApp)
    const { rest } = clientOf(oauthApp)
    const { data } = await rest.apps.checkToken({ client_id: 'test-oauth-app-id', access_token })
    expect(data).toMatchObject({
      token: access_token,
      scopes: ['repo'],
      app: { client_id: 'test-oauth-app-id' },
      user: { login: 'maria-silva' },
      created_at: '2026-10-01T12:00:00Z',
      expires_at: null,
    })
    const expiring = await logIn()
    const checked = await clientOf(githubApp).rest.apps.checkToken({
      client_id: 'test-client-id',
      access_token: expiring.access_token,
    })
    expect(checked.data).toMatchObject({ scopes: null, expires_at: '2026-10-01T20:00:00Z' })
  })

  test('are answered with 404 when checked by another app, unknown, expired or a person’s own', async () => {
    const { access_token } = await logIn()
    const check = (app: typeof githubApp, token: string) =>
      clientOf(app).rest.apps.checkToken({ client_id: app.client_id, access_token: token })
    await expect(check(oauthApp, access_token)).rejects.toMatchObject({ status: 404 })
    await expect(check(githubApp, 'unknown')).rejects.toMatchObject({ status: 404 })
    await expect(check(githubApp, 'test-token-1')).rejects.toMatchObject({ status: 404 })
    const wrong = check({ ...githubApp, client_secret: 'wrong' }, access_token)
    await expect(wrong).rejects.toMatchObject({ status: 401 })
    const foreign = clientOf(githubApp).rest.apps.checkToken({ client_id: 'test-oauth-app-id', access_token })
    await expect(foreign).rejects.toMatchObject({ status: 404 })
    clock += 28_800_000
    await expect(check(githubApp, access_token)).rejects.toMatchObject({ status: 404 })
  })

  test('are deleted one by one, with their refresh token', async () => {
    const [deleted, kept] = [await logIn(), await logIn()]
    const parameters = { client_id: 'test-client-id', access_token: deleted.access_token }
    const { rest } = clientOf(githubApp)
    expect((await rest.apps.deleteToken(parameters)).status).toBe(204)
    expect((await getUser(deleted.access_token)).status).toBe(401)
    expect(await renew(deleted.refresh_token)).toMatchObject({ error: 'bad_refresh_token' })
    expect((await getUser(kept.access_token)).status).toBe(200)
    expect(await renew(kept.refresh_token)).toHaveProperty('access_token')
    await expect(rest.apps.deleteToken(parameters)).rejects.toMatchObject({ status: 422 })
  })

  test('are deleted all at once with the grant, those of other apps not', async () => {
    const [one, another, ofOther] = [await logIn(), await logIn(), await logIn(oauthApp)]
    const parameters = { client_id: 'test-client-id', access_token: one.access_token }
    const { rest } = clientOf(githubApp)
    expect((await rest.apps.deleteAuthorization(parameters)).status).toBe(204)
    for (const { access_token, refresh_token } of [one, another]) {
      expect((await getUser(access_token)).status).toBe(401)
      expect(await renew(refresh_token)).toMatchObject({ error: 'bad_refresh_token' })
    }
    expect((await getUser(ofOther.access_token)).status).toBe(200)
    await expect(rest.apps.deleteAuthorization(parameters)).rejects.toMatchObject({ status: 422 })
    const nothing = fetch(`${emulator.url}/applications/test-client-id/grant`, {
      method: 'DELETE',
      headers: { authorization: `Basic ${btoa('test-client-id:test-client-secret')}` },
    })
    expect((await nothing).status).toBe(422)
  })

  test('expire at a word, and their refresh tokens stay good; personal tokens stay', async () => {
    const [expiring, lasting] = [await logIn(), await logIn(oauthApp)]
    emulator.expireAccessTokens()
    for (const token of [expiring.access_token, lasting.access_token, 'test-access-token']) {
      expect((await getUser(token)).status).toBe(401)
    }
    expect((await getUser('test-token-1')).status).toBe(200)
    const renewed = await renew(expiring.refresh_token)
    expect((await getUser(renewed['access_token'])).status).toBe(200)
  })
})

test('token requests are listed with grant type, time and status, faults included', async () => {
  expect(emulator.tokenRequests).toEqual([])
  await exchange({ ...githubApp, code: await codeFor(githubApp) })
  clock += 1_000
  emulator.addFault({ kind: 'fails-before-applying', status: 503, match: { path: /access_token$/ } })
  await fetch(`${emulator.url}/login/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...githubApp, grant_type: 'refresh_token' }),
  })
  await exchange({ client_id: 'test-client-id', grant_type: deviceGrant })
  await exchange({})
  expect(emulator.tokenRequests).toEqual([
    { grantType: 'authorization_code', time: start, status: 200 },
    { grantType: 'refresh_token', time: start + 1_000, status: 503 },
    { grantType: deviceGrant, time: start + 1_000, status: 200 },
    { grantType: undefined, time: start + 1_000, status: 200 },
  ])
  emulator.reset()
  expect(emulator.tokenRequests).toEqual([])
})

test('a personal token with an expiry tells it, and one without does not', async () => {
  const token = {
    token: 'test-token-2',
    login: 'tom-becker',
    scopes: ['repo'],
    expiresAt: '2026-11-01T08:00:00Z',
  }
  await beginAnew({ ...defaultGithubSeed, tokens: [...defaultGithubSeed.tokens!, token] })
  const name = 'github-authentication-token-expiration'
  expect((await getUser('test-token-2')).headers.get(name)).toBe('2026-11-01 08:00:00 UTC')
  expect((await getUser('test-token-1')).headers.has(name)).toBe(false)
})

test('a seed whose signed-in user is unknown is refused', async () => {
  const seed = { users: [{ login: 'maria-silva' }], signedIn: 'nobody' }
  await expect(createGithubEmulator({ seed })).rejects.toThrow('Unknown account "nobody"')
})
