import { saveCredential } from '@agent/core'
import { localStore } from '@agent/core/node'
import { github } from '@agent/github'
import { expect, test } from 'vitest'
import { json, useWorld } from './world.ts'

const world = useWorld()

interface Saved {
  account?: string
  auth?: Parameters<typeof saveCredential<typeof github>>[2]['auth']
}

async function save({
  account = 'maria-silva',
  auth = { type: 'personalAccessToken', token: 'test-token-1' },
}: Saved = {}) {
  const store = localStore({ environment: world.environment })
  await saveCredential(store, github, { account, auth, baseUrl: world.github.url })
}

const expired = (refreshToken: string) =>
  ({
    type: 'oauth',
    clientId: 'test-client-id',
    clientSecret: 'test-client-secret',
    accessToken: 'test-access-token',
    refreshToken,
    expiresAt: new Date(0),
  }) as const

const whoami = (...more: string[]) => ['whoami', '--base-url', world.github.url, ...more]

test('whoami tells every credential, as its service knows it', async () => {
  await save()
  await save({ account: 'second', auth: { type: 'personalAccessToken', token: 'test-token-no-scopes' } })
  const ran = await world.run(whoami('--json'))
  expect(ran.code).toBe(0)
  const { credentials } = json(ran) as { credentials: { account: string }[] }
  expect(credentials.find(({ account }) => account === 'second')).toMatchObject({
    service: 'github',
    type: 'personalAccessToken',
    login: 'tom-becker',
    scopes: [],
    state: 'good',
  })
  const shown = await world.run(whoami())
  expect(shown.stdout).toMatch(/github +maria-silva +personalAccessToken +good +- +repo user/)
})

test('whoami renews an expired credential as an app would, and saves the new tokens', async () => {
  await save({ auth: expired('test-refresh-token') })
  const ran = await world.run(whoami('github', '--json'))
  expect(ran.code).toBe(0)
  expect(json(ran)).toMatchObject({ credentials: [{ state: 'good', canRefresh: true }] })
  expect(world.github.tokenRequests).toHaveLength(1)
  const [saved] = await world.saved()
  expect(saved?.auth['refreshToken']).not.toBe('test-refresh-token')
  expect((await world.run(whoami())).code).toBe(0)
  expect(world.github.tokenRequests).toHaveLength(1)
})

test('whoami renews a token that the service rejects before its time', async () => {
  await save({ auth: { ...expired('test-refresh-token'), expiresAt: new Date(Date.now() + 7_200_000) } })
  world.github.expireAccessTokens()
  const ran = await world.run(whoami('--json'))
  expect(json(ran)).toMatchObject({ credentials: [{ state: 'good' }] })
  expect(world.github.tokenRequests).toHaveLength(1)
})

test('A credential that is gone at the service needs a login', async () => {
  await save({ auth: expired('test-refresh-token-unknown') })
  const ran = await world.run(whoami('--json'))
  expect(ran.code).toBe(3)
  expect(json(ran)).toMatchObject({
    credentials: [{ state: 'needs_login', error: { code: 'REAUTH_REQUIRED' } }],
  })
  const shown = await world.run(whoami())
  expect(shown.stdout).toContain('Run: agent login github --account maria-silva')
})

test('A service that cannot be reached leaves the state open', async () => {
  await save()
  const ran = await world.run(whoami('--json'), { fetch: () => Promise.reject(new TypeError('no network')) })
  expect(ran.code).toBe(1)
  expect(json(ran)).toMatchObject({
    credentials: [{ state: 'unknown', error: { code: 'CONNECTION_FAILED' } }],
  })
}, 30_000)

test('--offline tells what is saved and asks nobody', async () => {
  await save({ auth: expired('test-refresh-token') })
  const ran = await world.run(whoami('--offline', '--json'))
  expect(ran.code).toBe(0)
  expect(json(ran)).toMatchObject({ credentials: [{ state: 'renewable', canRefresh: true }] })
  expect(world.github.requests).toHaveLength(0)
})

test('Where nothing is saved, a login is needed', async () => {
  const ran = await world.run(['whoami', '--json'])
  expect(ran.code).toBe(3)
  expect(json(ran)).toMatchObject({ error: { code: 'RECORD_MISSING', hint: 'Run: agent login <service>' } })
})

test('Names that a service gives cannot steer the terminal', async () => {
  await save({ account: 'evil\u001b]0;title\u0007' })
  const ran = await world.run(whoami('--offline'))
  expect(ran.stdout).not.toMatch(/[\u001b\u0007]/)
})
