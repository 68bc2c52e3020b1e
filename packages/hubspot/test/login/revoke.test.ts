import type { HubspotEmulator } from '@agent/emulators'
import { expect, test } from 'vitest'
import { hubspotLogin } from '@agent/hubspot/login'
import type { HubspotAuthConfig } from '../../src/index.ts'
import { connectTo, oauth, serviceKey, startHubspot } from '../start.ts'
import { cleanFailure, client, logIn } from './login-world.ts'

const revoke = ({ url }: HubspotEmulator, auth: HubspotAuthConfig) =>
  hubspotLogin.revoke(auth, { baseUrl: url })

test('OAuth: the refresh token is dead afterwards, and went in the body', async () => {
  const emulator = await startHubspot()
  const { refreshToken = '', ...tokens } = await logIn(emulator)
  expect(await revoke(emulator, hubspotLogin.authOf(client, { ...tokens, refreshToken }))).toBe(true)
  expect(emulator.requests.at(-1)).toMatchObject({
    method: 'POST',
    path: '/oauth/2026-03/token/revoke',
    query: {},
    body: { token: refreshToken, token_type_hint: 'refresh_token' },
  })
  const auth = { ...oauth, refreshToken }
  const call = connectTo(emulator, { auth }).contacts.list()
  expect(await cleanFailure(call, [refreshToken])).toMatchObject({ code: 'REAUTH_REQUIRED' })
  // Others of the app live on, and a second time there is nothing left to do.
  await connectTo(emulator, { auth: oauth }).contacts.list({ limit: 1 })
  expect(await revoke(emulator, auth)).toBe(true)
})

test('OAuth: a failure is an error, and shows no secret', async () => {
  const emulator = await startHubspot()
  const wrong = { ...oauth, clientSecret: 'test-wrong-secret' }
  const secrets = ['test-wrong-secret', 'test-refresh-token']
  const error = await cleanFailure(revoke(emulator, wrong), secrets)
  expect(error).toMatchObject({ code: 'AUTH_REJECTED', remoteCode: 'invalid_client' })
  const body = { message: 'test-refresh-token' }
  emulator.addFault({ kind: 'fails-before-applying', status: 400, body, match: { path: /revoke$/ } })
  expect(await cleanFailure(revoke(emulator, oauth), secrets)).toMatchObject({
    code: 'TOKEN_ENDPOINT_FAILED',
    isRetryable: false,
  })
})

test.each([
  ['a service key', serviceKey],
  ['a private app', { type: 'privateApp', accessToken: 'test-private-app-token' }],
  ['client credentials', { type: 'clientCredentials', ...client, scope: 'oauth' }],
] as const)('%s can be ended at HubSpot alone', async (_, auth) => {
  const emulator = await startHubspot()
  expect(await revoke(emulator, auth)).toBe(false)
  expect(emulator.requests).toEqual([])
})
