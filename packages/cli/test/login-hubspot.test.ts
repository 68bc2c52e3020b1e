import { expect, test } from 'vitest'
import { browse, json, useWorld } from './world.ts'

const world = useWorld()
const login = (...more: string[]) => ['login', 'hubspot', '--base-url', world.hubspot.url, '--json', ...more]
const client = ['--client-id', 'test-client-id', '--secret-stdin']
const secret = { input: 'test-client-secret' }

test('HubSpot is connected by the browser, with the redirect URI as it is registered', async () => {
  const url = await freeUrl()
  const ran = await world.run(login(...client, '--redirect-uri', url, '--read-only'), {
    ...secret,
    openPage: browse,
  })
  expect(ran.stderr).not.toContain('write')
  expect(ran.code).toBe(0)
  const [saved] = await world.saved()
  expect(saved).toMatchObject({ service: 'hubspot', type: 'oauth', canRefresh: true })
  expect(json(ran)).toMatchObject({ account: saved?.account })
})

test('logout ends the refresh token, and doctor knows the scopes before', async () => {
  const url = await freeUrl()
  await world.run(login(...client, '--redirect-uri', url, '--actions', 'contacts.list'), {
    ...secret,
    openPage: browse,
  })
  const base = ['hubspot', '--base-url', world.hubspot.url, '--json']
  const checked = await world.run(['doctor', ...base, '--actions', 'contacts.list,deals.list'])
  expect(checked.code).toBe(4)
  expect(json(checked)).toMatchObject({
    credentials: [{ state: 'good', scopes: { missing: [{ name: 'crm.objects.deals.read' }] } }],
  })
  const [saved] = await world.saved()
  const renew = () =>
    fetch(`${world.hubspot.url}/oauth/2026-03/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: 'test-client-id',
        client_secret: 'test-client-secret',
        refresh_token: String(saved?.auth['refreshToken']),
      }),
    })
  expect((await renew()).status).toBe(200)
  expect(json(await world.run(['logout', ...base]))).toMatchObject({ revoked: true, deleted: true })
  expect((await renew()).status).toBe(400)
})

test('HubSpot has no device flow', async () => {
  const ran = await world.run(login(...client, '--device'), secret)
  expect(ran.code).toBe(2)
  expect(json(ran)).toMatchObject({ error: { message: 'HubSpot has no device flow.' } })
})

test('A service key is told from another token by its kind', async () => {
  const key = { input: 'test-service-key' }
  const untold = await world.run(login('--token-stdin'), key)
  expect(json(untold)).toMatchObject({ error: { hint: 'Known for HubSpot: serviceKey, privateApp.' } })
  const ran = await world.run(login('--token-stdin', '--kind', 'serviceKey'), key)
  expect(ran.code).toBe(0)
  expect((await world.saved())[0]).toMatchObject({ type: 'serviceKey' })
})

/** A redirect URI on a port that is free now. */
async function freeUrl(): Promise<string> {
  const { listenOnLoopback } = await import('../src/login/loopback-server.ts')
  const loopback = await listenOnLoopback({ port: 0, path: '/' })
  await loopback.close()
  return `http://localhost:${loopback.port}/oauth-callback`
}
