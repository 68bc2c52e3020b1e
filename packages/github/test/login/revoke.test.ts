import { RateLimitError } from '@agent/core'
import { describe, expect, it } from 'vitest'
import { githubLogin } from '@agent/github/login'
import type { GithubAuthConfig } from '../../src/index.ts'
import { token, useGithub } from '../world.ts'
import { cleanFailureOf, githubApp, logIn, oauthApp } from './login-world.ts'

const world = useGithub()
const revoke = (auth: GithubAuthConfig) => githubLogin.revoke(auth, { baseUrl: world.emulator.url })

const statusOf = async (accessToken: string) => {
  const headers = { authorization: `Bearer ${accessToken}` }
  return (await fetch(`${world.emulator.url}/user`, { headers })).status
}

const lastRequest = () => world.emulator.requests.at(-1)

describe('an OAuth token', () => {
  it('of an OAuth app is dead afterwards, and no other', async () => {
    const [gone, kept] = [await logIn(world.emulator, oauthApp), await logIn(world.emulator, oauthApp)]
    expect(await revoke(githubLogin.authOf(oauthApp, gone))).toBe(true)
    expect(lastRequest()).toMatchObject({
      method: 'DELETE',
      path: '/applications/test-oauth-app-id/token',
      query: {},
      body: { access_token: gone.accessToken },
      headers: { authorization: `Basic ${btoa('test-oauth-app-id:test-oauth-app-secret')}` },
    })
    expect(await statusOf(gone.accessToken)).toBe(401)
    expect(await statusOf(kept.accessToken)).toBe(200)
    // A second time there is nothing left to do.
    expect(await revoke(githubLogin.authOf(oauthApp, gone))).toBe(true)
  })

  it.each(['good', 'expired'])('of a GitHub App that is %s takes its refresh token along', async (state) => {
    const tokens = await logIn(world.emulator, githubApp)
    if (state === 'expired') world.emulator.expireAccessTokens()
    const auth = githubLogin.authOf(githubApp, tokens)
    expect(await revoke(auth)).toBe(true)
    expect(lastRequest()).toMatchObject({ method: 'DELETE', path: '/applications/test-client-id/grant' })
    expect(await statusOf(tokens.accessToken)).toBe(401)
    const { refreshToken = '' } = tokens
    const connector = world.connect({ auth: { type: 'oauth', ...githubApp, refreshToken } })
    const error = await cleanFailureOf(connector.viewer.get(), [refreshToken])
    expect(error.code).toBe('REAUTH_REQUIRED')
    expect(await revoke(auth)).toBe(true)
  })

  it('is not taken for dead where it is another app’s', async () => {
    const tokens = await logIn(world.emulator, oauthApp)
    const auth = githubLogin.authOf(githubApp, tokens)
    const secrets = [tokens.accessToken, githubApp.clientSecret]
    expect(await cleanFailureOf(revoke(auth), secrets)).toMatchObject({ status: 422 })
    expect(await statusOf(tokens.accessToken)).toBe(200)
  })

  it('with a wrong client secret is a rejected client', async () => {
    const tokens = await logIn(world.emulator, oauthApp)
    const auth = githubLogin.authOf({ ...oauthApp, clientSecret: 'test-wrong-secret' }, tokens)
    const error = await cleanFailureOf(revoke(auth), [tokens.accessToken, 'test-wrong-secret'])
    expect(error).toMatchObject({
      code: 'AUTH_REJECTED',
      hint: expect.stringContaining('clientSecret') as string,
    })
  })

  it('is not shown by a server that repeats it', async () => {
    const { accessToken } = await logIn(world.emulator, oauthApp)
    const body = { message: `No ${accessToken} of test-oauth-app-secret` }
    world.emulator.addFault({ kind: 'fails-before-applying', status: 400, body })
    const auth = githubLogin.authOf(oauthApp, { accessToken })
    const error = await cleanFailureOf(revoke(auth), [accessToken, oauthApp.clientSecret])
    expect(error).toMatchObject({
      code: 'REQUEST_REJECTED',
      message: expect.stringContaining('[secret]') as string,
    })
  })

  it('without the secret of its app cannot be ended at an Enterprise Server', async () => {
    const { accessToken } = await logIn(world.emulator, oauthApp)
    expect(await revoke({ type: 'oauth', accessToken })).toBe(false)
    expect(await statusOf(accessToken)).toBe(200)
  })
})

describe('the revocation API for credentials', () => {
  const match = { path: /\/credentials\/revoke$/ }
  const atGithub = (auth: GithubAuthConfig) =>
    githubLogin.revoke(auth, {
      fetch: (request) => fetch(world.emulator.url + new URL(request.url).pathname, request),
    })
  const accept = () => {
    world.emulator.addFault({ kind: 'fails-before-applying', status: 202, body: {}, match })
  }

  it.each([
    ['a personal access token', token('test-token-1'), ['test-token-1']],
    [
      'the tokens of a public client',
      { type: 'oauth', clientId: 'test-client-id', accessToken: 'test-a', refreshToken: 'test-r' },
      ['test-a', 'test-r'],
    ],
  ] as const)('is given %s, without authentication', async (_, auth, credentials) => {
    accept()
    expect(await atGithub(auth)).toBe(true)
    expect(lastRequest()).toMatchObject({
      method: 'POST',
      path: '/credentials/revoke',
      body: { credentials },
    })
    expect(lastRequest()?.headers).not.toHaveProperty('authorization')
  })

  it('wants to know who asks at an Enterprise Server', async () => {
    accept()
    expect(await revoke(token('test-token-1'))).toBe(true)
    expect(lastRequest()?.headers).toMatchObject({ authorization: 'Bearer test-token-1' })
  })

  it('has nothing to do for a token that an Enterprise Server does not know', async () => {
    world.emulator.revokeToken('test-token-1')
    expect(await revoke(token('test-token-1'))).toBe(true)
  })

  it('may be missing: then the user must delete the token', async () => {
    expect(await revoke(token('test-token-1'))).toBe(false)
    expect(await atGithub(token('test-token-1'))).toBe(false)
    expect(await statusOf('test-token-1')).toBe(200)
  })

  it('has a limit', async () => {
    const headers = { 'retry-after': '3600' }
    world.emulator.addFault({ kind: 'fails-before-applying', status: 403, headers, body: {}, match })
    const error = await cleanFailureOf(atGithub(token('test-token-1')), ['test-token-1'])
    expect(RateLimitError.isInstance(error)).toBe(true)
  })
})

it('an installation has nothing to revoke but its key', async () => {
  const auth = { type: 'appInstallation', appId: 7, privateKey: 'test-pem', installationId: 70 } as const
  expect(await revoke(auth)).toBe(false)
  expect(world.emulator.requests).toEqual([])
})

it('a wrong auth config is refused before anything is sent', async () => {
  const auth = { type: 'oauth', clientId: 7, accessToken: 'test-access-token' } as never
  const error = await cleanFailureOf(revoke(auth), ['test-access-token'])
  expect(error).toMatchObject({ code: 'CONFIG_INVALID', issues: [{ path: 'clientId' }] })
  expect(world.emulator.requests).toEqual([])
})
