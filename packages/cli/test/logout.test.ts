import { saveCredential } from '@agent/core'
import { localStore } from '@agent/core/node'
import { github } from '@agent/github'
import { expect, test } from 'vitest'
import { browse, hintOf, json, useWorld } from './world.ts'

const world = useWorld()
const logout = (...more: string[]) => ['logout', 'github', '--base-url', world.github.url, '--json', ...more]

/** Connects by the browser and answers the access token. */
async function connect(): Promise<string> {
  const login = ['login', 'github', '--base-url', world.github.url, '--browser', '--secret-stdin']
  const ran = await world.run([...login, '--client-id', 'test-oauth-app-id'], {
    input: 'test-oauth-app-secret',
    openPage: browse,
  })
  expect(ran.code).toBe(0)
  const [saved] = await world.saved()
  return String(saved?.auth['accessToken'])
}

const statusOf = async (token: string) =>
  (await fetch(`${world.github.url}/user`, { headers: { authorization: `Bearer ${token}` } })).status

test('logout revokes the token at the service and deletes the record', async () => {
  const token = await connect()
  expect(await statusOf(token)).toBe(200)
  const ran = await world.run(logout())
  expect(ran.code).toBe(0)
  expect(json(ran)).toEqual({ service: 'github', account: 'maria-silva', revoked: true, deleted: true })
  expect(await statusOf(token)).toBe(401)
  expect(await world.saved()).toEqual([])
})

test('--keep-remote leaves the token good', async () => {
  const token = await connect()
  const ran = await world.run(logout('--keep-remote'))
  expect(json(ran)).toMatchObject({ revoked: false, deleted: true })
  expect(await statusOf(token)).toBe(200)
})

test('Where the service does not revoke, the record stays unless forced', async () => {
  await connect()
  const fails = { kind: 'fails-before-applying', status: 403, times: 9, match: { method: 'DELETE' } } as const
  world.github.addFault(fails)
  const ran = await world.run(logout())
  expect(ran.code).toBe(1)
  expect(hintOf(ran)).toContain('--force')
  expect(await world.saved()).toHaveLength(1)
  const forced = await world.run(logout('--force'))
  expect(forced.code).toBe(0)
  expect(json(forced)).toMatchObject({ revoked: false, deleted: true })
  expect(await world.saved()).toEqual([])
})

test('What was made by hand is revoked only on demand', async () => {
  const store = localStore({ environment: world.environment })
  const auth = { type: 'personalAccessToken', token: 'test-token-1' } as const
  const save = () => saveCredential(store, github, { account: 'one', auth, baseUrl: world.github.url })
  const revocations = () => world.github.requests.filter(({ path }) => path === '/credentials/revoke')
  await save()
  expect(json(await world.run(logout()))).toMatchObject({ revoked: false, deleted: true })
  expect(await statusOf('test-token-1')).toBe(200)
  expect(revocations()).toEqual([])
  await save()
  await world.run(logout('--revoke'))
  expect(revocations()).toHaveLength(1)
})

test('Several accounts have to be told apart', async () => {
  const store = localStore({ environment: world.environment })
  for (const account of ['one', 'two']) {
    const auth = { type: 'personalAccessToken', token: 'test-token-1' } as const
    await saveCredential(store, github, { account, auth, baseUrl: world.github.url })
  }
  const ran = await world.run(logout())
  expect(ran.code).toBe(2)
  expect(hintOf(ran)).toMatch(/one at .*two at|two at .*one at/)
  expect((await world.run(logout('--account', 'two', '--keep-remote'))).code).toBe(0)
  expect((await world.saved()).map(({ account }) => account)).toEqual(['one'])
})

test('Whoever is not connected cannot be logged out', async () => {
  expect((await world.run(logout())).code).toBe(3)
})
