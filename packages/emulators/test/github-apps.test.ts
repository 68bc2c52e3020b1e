import { generateKeyPairSync, sign } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createGithubEmulator, defaultGithubSeed, type GithubEmulator } from '../src/index.ts'

const start = Date.parse('2026-10-01T12:00:00Z')
const nowSeconds = start / 1000
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
const permissions = { issues: 'write', contents: 'read' } as const
const mintPath = '/app/installations/70/access_tokens'

let emulator: GithubEmulator
let clock: number

beforeEach(async () => {
  clock = start
  emulator = await createGithubEmulator({
    now: () => clock,
    seed: {
      ...defaultGithubSeed,
      apps: [{ appId: 7, slug: 'triage-helper', publicKey: publicKey.export({ format: 'jwk' }) }],
      installations: [
        { id: 70, appId: 7, account: 'harborworks', repositories: ['billing-portal'], permissions },
        { id: 71, appId: 7, account: 'maria-silva', permissions, suspended: true },
      ],
    },
  })
})

afterEach(async () => {
  await emulator.close()
})

function jwt(claims: object = {}, { key = privateKey, alg = 'RS256' } = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const all = { iss: '7', iat: nowSeconds - 60, exp: nowSeconds + 540, ...claims }
  const signed = `${part({ alg, typ: 'JWT' })}.${part(all)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
}

async function call(
  path: string,
  { method = 'GET', token = jwt(), body }: { method?: string; token?: string; body?: unknown } = {},
) {
  const response = await fetch(emulator.url + path, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const json = (await response.json()) as Record<string, unknown>
  return { status: response.status, body: json, message: json['message'] }
}

async function mint(body?: object): Promise<string> {
  const answer = await call(mintPath, { method: 'POST', body })
  expect(answer.status).toBe(201)
  return String(answer.body['token'])
}

describe('the JSON web token of an app', () => {
  test.each<[string, () => string, number, RegExp]>([
    ['signed by another key', () => jwt({}, { key: stranger.privateKey }), 401, /could not be decoded/],
    ['of another algorithm', () => jwt({}, { alg: 'none' }), 401, /could not be decoded/],
    ['that is none', () => 'test-token-1', 401, /could not be decoded/],
    ['of an unknown app', () => jwt({ iss: '8' }), 404, /Integration not found/],
    ['issued in the future', () => jwt({ iat: nowSeconds + 5 }), 401, /'iat'/],
    ['without time of issue', () => jwt({ iat: undefined }), 401, /'iat'/],
    ['that has expired', () => jwt({ exp: nowSeconds }), 401, /'exp'.*must be/],
    ['of more than ten minutes', () => jwt({ exp: nowSeconds + 601 }), 401, /too far in the future/],
  ])('%s is refused', async (_, token, status, message) => {
    const answer = await call(mintPath, { method: 'POST', token: token() })
    expect(answer.status).toBe(status)
    expect(answer.message).toMatch(message)
  })

  test('is taken for ten minutes, with the issuer as a number or the client id', async () => {
    for (const claims of [{ exp: nowSeconds + 600 }, { iss: 7 }, { iss: 'client-of-triage-helper' }]) {
      expect((await call('/app/installations/70', { token: jwt(claims) })).status).toBe(200)
    }
  })
})

describe('installations', () => {
  test.each([
    ['/repos/harborworks/billing-portal/installation', 70],
    ['/orgs/harborworks/installation', 70],
    ['/users/maria-silva/installation', 71],
    ['/api/v3/app/installations/70', 70],
  ])('are found at %s', async (path, id) => {
    const { body } = await call(path)
    expect(body).toMatchObject({ id, app_id: 7, app_slug: 'triage-helper' })
  })

  test.each([
    '/repos/harborworks/infrastructure/installation',
    '/orgs/maria-silva/installation',
    '/users/tom-becker/installation',
    '/app/installations/99',
  ])('are not found at %s', async (path) => {
    expect((await call(path)).status).toBe(404)
  })

  test('that are suspended give no token, and theirs stop working', async () => {
    const token = await mint()
    emulator.state.installations.get(70)!.isSuspended = true
    for (const answer of [
      await call(mintPath, { method: 'POST' }),
      await call('/repos/harborworks/billing-portal', { token }),
    ]) {
      expect(answer).toMatchObject({ status: 403, message: 'This installation has been suspended' })
    }
  })
})

describe('installation tokens', () => {
  const issues = '/repos/harborworks/billing-portal/issues'

  test('are opaque, tell what they may, and last an hour', async () => {
    const { body } = await call(mintPath, { method: 'POST' })
    expect(body).toMatchObject({
      expires_at: '2026-10-01T13:00:00Z',
      permissions: { metadata: 'read', ...permissions },
      repository_selection: 'selected',
    })
    const token = String(body['token'])
    expect(token).toHaveLength(520)
    clock += 3_599_000
    const created = await call(issues, { method: 'POST', token, body: { title: 'x' } })
    expect(created).toMatchObject({
      status: 201,
      body: { user: { login: 'triage-helper[bot]', type: 'Bot' } },
    })
    clock += 1_000
    expect((await call(issues, { token })).status).toBe(401)
  })

  test('end at a word', async () => {
    const token = await mint()
    emulator.expireAccessTokens()
    expect((await call(issues, { token })).status).toBe(401)
    expect((await call(issues, { token: await mint() })).status).toBe(200)
  })

  test('reach no repository that the installation was not given, and no user', async () => {
    const token = await mint()
    expect((await call('/repos/harborworks/infrastructure', { token })).status).toBe(404)
    for (const path of ['/user', '/user/repos', '/issues']) {
      const answer = await call(path, { token })
      expect(answer).toMatchObject({ status: 403, message: 'Resource not accessible by integration' })
    }
  })

  test('are narrowed to permissions and repositories', async () => {
    const token = await mint({ permissions: { issues: 'read' }, repositories: ['billing-portal'] })
    expect((await call(issues, { token })).status).toBe(200)
    expect((await call(issues, { method: 'POST', token, body: { title: 'x' } })).status).toBe(403)
  })

  test.each([
    { permissions: { contents: 'write' } },
    { permissions: { administration: 'read' } },
    { permissions: { issues: 'all' } },
    { permissions: 'issues' },
    { repositories: ['infrastructure'] },
    { repository_ids: [1] },
  ])('are never widened: %j', async (body) => {
    expect((await call(mintPath, { method: 'POST', body })).status).toBe(422)
  })
})
