import { AuthRejectedError, PermissionError } from '@agent/core'
import { createGithubEmulator, defaultGithubSeed } from '@agent/emulators'
import { describe, expect, it, onTestFinished } from 'vitest'
import { githubLogin } from '@agent/github/login'
import type { GithubAuthConfig } from '../../src/index.ts'
import { makeKeys, pemOf, publicPemOf, seedWithApp } from '../app-world.ts'
import { token, useGithub } from '../world.ts'
import { cleanFailureOf, githubApp, logIn, oauthApp } from './login-world.ts'

const long = `test-${'a'.repeat(300)}.${'b'.repeat(150)}.${'c'.repeat(63)}`
const seed = {
  ...defaultGithubSeed,
  tokens: [
    ...defaultGithubSeed.tokens!,
    { token: long, login: 'tom-becker', scopes: ['repo'], expiresAt: '2099-11-01T08:00:00Z' },
  ],
}
const world = useGithub({ seed })
const inspect = (auth: GithubAuthConfig) => githubLogin.inspect(auth, { baseUrl: world.emulator.url })
const inspecting = (auth: GithubAuthConfig, secrets: readonly string[]) =>
  cleanFailureOf(inspect(auth), secrets)

describe('a personal access token', () => {
  it('tells its user and scopes', async () => {
    expect(await inspect(token('test-token-1'))).toEqual({
      account: 'maria-silva',
      displayName: 'Maria Silva',
      scopes: ['repo', 'user'],
    })
    expect(await inspect(token('test-token-no-scopes'))).toMatchObject({ account: 'tom-becker', scopes: [] })
  })

  it('T33 of 520 characters with dots tells when it expires', async () => {
    expect(long).toHaveLength(520)
    const report = await inspect(token(long))
    expect(report).toMatchObject({ account: 'tom-becker', expiresAt: new Date('2099-11-01T08:00:00Z') })
  })

  it.each([
    ['2099-11-01 08:00:00 UTC', '2099-11-01T08:00:00Z'],
    ['2099-11-01 08:00:00 +0100', '2099-11-01T07:00:00Z'],
    ['soon', undefined],
  ])('whose expiry is written as %s', async (text, expected) => {
    const headers = { 'github-authentication-token-expiration': text }
    const body = { login: 'maria-silva', id: 1 }
    world.emulator.addFault({ kind: 'fails-before-applying', status: 200, headers, body })
    const { expiresAt } = await inspect(token('test-token-1'))
    expect(expiresAt).toEqual(expected === undefined ? undefined : new Date(expected))
  })

  it('that is fine-grained has no scopes to tell', async () => {
    expect(await inspect(token('test-token-fine-grained'))).not.toHaveProperty('scopes')
  })

  it('T36 that is rejected costs one request', async () => {
    const error = await inspecting(token('test-token-rejected'), ['test-token-rejected'])
    expect(AuthRejectedError.isInstance(error)).toBe(true)
    expect(world.emulator.requests).toHaveLength(1)
  })

  it('is not shown by a server that repeats it', async () => {
    const body = { message: `No test-token-1, ${btoa('test-token-1')} or ${long}` }
    world.emulator.addFault({ kind: 'fails-before-applying', status: 401, body })
    const error = await inspecting(token('test-token-1'), ['test-token-1', btoa('test-token-1')])
    expect(error.code).toBe('AUTH_REJECTED')
  })
})

describe('an OAuth token', () => {
  it('of an OAuth app tells its scopes', async () => {
    const auth = githubLogin.authOf(oauthApp, await logIn(world.emulator, oauthApp))
    expect(await inspect(auth)).toMatchObject({ account: 'maria-silva', scopes: ['repo', 'gist'] })
  })

  it('of a GitHub App does not spend its refresh token', async () => {
    const tokens = await logIn(world.emulator, githubApp)
    const auth = githubLogin.authOf(githubApp, tokens)
    expect(await inspect(auth)).toEqual({ account: 'maria-silva', displayName: 'Maria Silva' })
    world.emulator.expireAccessTokens()
    const { refreshToken = '' } = tokens
    expect(await inspecting(auth, [tokens.accessToken, refreshToken])).toMatchObject({
      code: 'AUTH_REJECTED',
    })
    expect(world.emulator.tokenRequests).toHaveLength(1)
    for (const due of [
      { ...auth, expiresAt: new Date(0) },
      { ...auth, accessToken: undefined },
    ]) {
      const error = await inspecting(due, [refreshToken])
      expect(error).toMatchObject({ code: 'CONFIG_INVALID', issues: [{ path: 'onTokens' }] })
    }
    expect(world.emulator.tokenRequests).toHaveLength(1)
  })

  it('that has to be renewed is, where the new one is kept', async () => {
    const auth = githubLogin.authOf(githubApp, await logIn(world.emulator, githubApp))
    world.emulator.expireAccessTokens()
    const kept: unknown[] = []
    const keeping = { ...auth, onTokens: (tokens: unknown) => void kept.push(tokens) } as GithubAuthConfig
    expect(await inspect(keeping)).toMatchObject({ account: 'maria-silva' })
    expect(kept).toHaveLength(1)
  })

  it('whose grant is gone asks for a new login', async () => {
    const auth = {
      type: 'oauth',
      ...githubApp,
      refreshToken: 'test-refresh-token',
      onTokens: () => undefined,
    } as const
    world.emulator.revokeToken('test-refresh-token')
    expect(await inspecting(auth, ['test-refresh-token', githubApp.clientSecret])).toMatchObject({
      code: 'REAUTH_REQUIRED',
    })
  })
})

describe('an installation', () => {
  const { privateKey, publicKey } = makeKeys()
  const pem = pemOf(privateKey)
  const app = { type: 'appInstallation', appId: 7, privateKey: pem } as const

  async function start(now = Date.now) {
    const emulator = await createGithubEmulator({ seed: seedWithApp(publicPemOf(publicKey)), now })
    onTestFinished(() => emulator.close())
    return emulator
  }

  it.each([
    [{ installationId: 70 }, 'harborworks'],
    [{ account: 'harborworks' }, 'harborworks'],
    [{ repository: 'harborworks/billing-portal' }, 'harborworks'],
    [{ account: 'maria-silva' }, 'maria-silva'],
  ])('found by %j tells its account and permissions', async (by, account) => {
    const { url } = await start()
    const report = await githubLogin.inspect({ ...app, ...by }, { baseUrl: `${url}/api/v3` })
    const permissions =
      account === 'harborworks'
        ? { metadata: 'read', issues: 'write', pull_requests: 'read', administration: 'read' }
        : { metadata: 'read', issues: 'read' }
    expect(report).toEqual({ account, displayName: `triage-helper on ${account}`, fineGrained: permissions })
  })

  it('that is narrowed tells the narrower permissions, by a clock that is an hour ahead', async () => {
    const { url } = await start(() => Date.now() + 3_600_000)
    const auth = { ...app, installationId: 70, permissions: { issues: 'read' } } as const
    const report = await githubLogin.inspect(auth, { baseUrl: url })
    expect(report.fineGrained).toEqual({ metadata: 'read', issues: 'read' })
  })

  it('fails as a call does', async () => {
    const { url: baseUrl } = await start()
    const call = (auth: GithubAuthConfig) => cleanFailureOf(githubLogin.inspect(auth, { baseUrl }), [pem])
    const suspended = await call({ ...app, installationId: 72 })
    expect(PermissionError.isInstance(suspended)).toBe(true)
    expect(await call({ ...app, installationId: 999 })).toMatchObject({ code: 'CONFIG_INVALID' })
    const widened = { ...app, installationId: 71, permissions: { contents: 'write' } } as const
    expect(await call(widened)).toMatchObject({ issues: [{ path: 'permissions' }] })
    const { privateKey: other } = makeKeys()
    const wrong = { ...app, installationId: 70, privateKey: pemOf(other) }
    expect(await call(wrong)).toMatchObject({ code: 'AUTH_REJECTED' })
  })
})
