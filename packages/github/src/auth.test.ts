import { ConfigError, Secret } from '@agent/core'
import { describe, expect, it } from 'vitest'
import { GithubConnector } from './connector.ts'

const refresh = { type: 'oauth', refreshToken: 'canary-refresh', clientId: 'canary-id' }

const app = { type: 'appInstallation', appId: 7, privateKey: 'canary' }

const make = (auth: unknown) => () => new GithubConnector({ auth: auth as never })

const thrownBy = (action: () => unknown): unknown => {
  try {
    action()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown.')
}

describe('auth config', () => {
  it.each([
    ['a token', { type: 'personalAccessToken', token: 'canary' }],
    ['a secret token', { type: 'personalAccessToken', token: new Secret('canary') }],
    ['a function', { type: 'personalAccessToken', token: () => 'canary' }],
    ['an access token alone', { type: 'oauth', accessToken: 'canary' }],
    ['a refresh token of the device flow, without client secret', refresh],
    ['an expiry as text', { ...refresh, clientSecret: 'canary', expiresAt: '2026-01-01T00:00:00+01:00' }],
    ['an app and its installation', { ...app, installationId: 70 }],
    ['an app by its client id', { ...app, appId: 'test-app-client-id', installationId: '70' }],
    ['an app on an account', { ...app, account: 'harborworks' }],
    [
      'an app on a repository, narrowed',
      {
        ...app,
        privateKey: () => 'canary',
        repository: 'harborworks/billing-portal',
        repositories: ['billing-portal'],
        permissions: { issues: 'write', metadata: 'read' },
      },
    ],
    ['an expiry as date', { ...refresh, accessToken: 'canary', expiresAt: new Date() }],
  ])('takes %s', (_, auth) => {
    expect(make(auth)).not.toThrow()
  })

  it.each<[string, unknown, string]>([
    ['type', { type: 'canary', token: 'canary' }, 'type'],
    ['type', { token: 'canary' }, 'type'],
    ['empty token', { type: 'personalAccessToken', token: '' }, 'token'],
    ['token that is no text', { type: 'personalAccessToken', token: { canary: 'canary' } }, 'token'],
    ['missing token', { type: 'personalAccessToken' }, 'token'],
    [
      'field of another kind',
      { type: 'personalAccessToken', token: 'canary', clientId: 'canary' },
      'clientId',
    ],
    ['oauth without any token', { type: 'oauth', clientId: 'canary', clientSecret: 'canary' }, 'accessToken'],
    ['refresh token without client id', { type: 'oauth', refreshToken: 'canary' }, 'clientId'],
    ['expiry', { ...refresh, expiresAt: 'canary' }, 'expiresAt'],
    ['onTokens', { ...refresh, onTokens: 'canary' }, 'onTokens'],
    ['app without id', { ...app, appId: undefined, installationId: 70 }, 'appId'],
    ['app id', { ...app, appId: 'canary/../x', installationId: 70 }, 'appId'],
    ['app without key', { ...app, privateKey: '', installationId: 70 }, 'privateKey'],
    ['app without a place', app, 'installationId'],
    ['app with two places', { ...app, installationId: 70, account: 'canary' }, 'installationId'],
    ['installation id', { ...app, installationId: '70/canary' }, 'installationId'],
    ['account', { ...app, account: 'canary/x' }, 'account'],
    ['repository', { ...app, repository: 'canary' }, 'repository'],
    ['account that climbs', { ...app, account: '..' }, 'account'],
    ['repository that climbs', { ...app, repository: 'canary/..' }, 'repository'],
    ['repository that climbs higher', { ...app, repository: '../canary' }, 'repository'],
    ['empty list of repositories', { ...app, account: 'canary', repositories: [] }, 'repositories'],
    ['permission', { ...app, account: 'x', permissions: { issues: 'canary' } }, 'permissions.issues'],
    ['empty client secret', { ...refresh, clientSecret: '' }, 'clientSecret'],
  ])('names the field of a wrong %s, and no value', (_, auth, field) => {
    const error = thrownBy(make(auth))
    expect(ConfigError.isInstance(error)).toBe(true)
    const { message, hint, issues, code } = error as ConfigError
    expect(code).toBe('CONFIG_INVALID')
    expect(issues?.map(({ path }) => path)).toContain(field)
    expect(hint).toContain(field)
    expect(`${message} ${JSON.stringify(error)}`).not.toContain('canary')
  })

  it.each([undefined, null, 'canary', []])('refuses %j in place of a config', (auth) => {
    const error = thrownBy(make(auth))
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' })
    expect(String(error)).not.toContain('canary')
  })

  it('refuses an access token that no header can carry, naming the field', () => {
    const error = thrownBy(make({ type: 'oauth', accessToken: 'canary\r\nx: y' }))
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', issues: [{ path: 'accessToken' }] })
    expect(String(error)).not.toContain('canary')
  })
})
