import { describe, expect, it } from 'vitest'
import { githubLogin } from '@agent/github/login'
import { GithubConnector } from '../../src/index.ts'

const endpointsOf = (baseUrl: string) => githubLogin.endpoints(new URL(baseUrl))

describe('endpoints', () => {
  it.each([
    ['https://api.github.com', 'https://github.com'],
    ['https://api.octo.ghe.com', 'https://octo.ghe.com'],
    ['https://github.example.com/api/v3', 'https://github.example.com'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ])('of %s are at %s', (baseUrl, origin) => {
    expect(endpointsOf(baseUrl)).toEqual({
      authorizationUrl: `${origin}/login/oauth/authorize`,
      tokenUrl: `${origin}/login/oauth/access_token`,
      deviceAuthorizationUrl: `${origin}/login/device/code`,
      issuer: `${origin}/login/oauth`,
    })
  })
})

describe('scopes', () => {
  it.each([
    ['repo', 'repo'],
    ['repo', 'public_repo'],
    ['repo', 'read:repo_hook'],
    ['admin:org', 'read:org'],
    ['user', 'user:email'],
    ['something_new', 'something_new'],
  ])('%s includes %s', (granted, needed) => {
    expect(githubLogin.includesScope(granted, needed)).toBe(true)
  })

  it.each([
    ['public_repo', 'repo'],
    ['repo', 'delete_repo'],
    ['repo', 'workflow'],
    ['read:org', 'write:org'],
    ['user:email', 'read:user'],
    ['constructor', 'repo'],
  ])('%s does not include %s', (granted, needed) => {
    expect(githubLogin.includesScope(granted, needed)).toBe(false)
  })
})

it('makes an auth config of what a login brought', () => {
  const tokens = { accessToken: 'test-access-token' }
  const auth = githubLogin.authOf({ clientId: 'test-client-id' }, tokens)
  expect(auth).toEqual({ type: 'oauth', clientId: 'test-client-id', ...tokens })
  const client = { clientId: 'test-client-id', clientSecret: 'test-client-secret' }
  const expiring = { ...tokens, refreshToken: 'test-refresh-token', expiresAt: new Date(1) }
  expect(githubLogin.authOf(client, expiring)).toEqual({ type: 'oauth', ...client, ...expiring })
})

it('offers to paste what a connector takes', () => {
  expect(githubLogin.pasted).toHaveLength(2)
  for (const { type, field, url } of githubLogin.pasted) {
    const auth = { type, [field]: 'test-token-1' } as never
    expect(new GithubConnector({ auth }).entities().length).toBeGreaterThan(0)
    expect(new URL(url).origin).toBe('https://github.com')
  }
})
