import { describe, expect, it } from 'vitest'
import { githubAuthFromEnv } from './auth-from-env.ts'

const app = {
  GITHUB_CLIENT_ID: 'test-client-id',
  GITHUB_CLIENT_SECRET: 'test-client-secret',
  GITHUB_REFRESH_TOKEN: 'test-refresh-token',
}
const oauth = {
  type: 'oauth',
  clientId: 'test-client-id',
  clientSecret: 'test-client-secret',
  refreshToken: 'test-refresh-token',
}

describe('githubAuthFromEnv', () => {
  it('reads a personal access token', () => {
    const auth = githubAuthFromEnv({ GITHUB_TOKEN: ' test-token-1\n', HOME: '/home/maria' })
    expect(auth).toEqual({ type: 'personalAccessToken', token: 'test-token-1' })
  })

  it('reads the credential of a GitHub App, with and without access token', () => {
    expect(githubAuthFromEnv({ ...app, GITHUB_TOKEN: '' })).toEqual(oauth)
    const auth = githubAuthFromEnv({ ...app, GITHUB_ACCESS_TOKEN: 'test-access-token' })
    expect(auth).toEqual({ ...oauth, accessToken: 'test-access-token' })
  })

  it('reads the installation of a GitHub App', () => {
    const environment = {
      GITHUB_APP_ID: '7',
      GITHUB_APP_PRIVATE_KEY: 'test-pem\n',
      GITHUB_APP_INSTALLATION_ID: '70',
    }
    const auth = { type: 'appInstallation', appId: '7', privateKey: 'test-pem', installationId: '70' }
    expect(githubAuthFromEnv(environment)).toEqual(auth)
    expect(() => githubAuthFromEnv({ ...environment, GITHUB_APP_ID: '' })).toThrow(/GITHUB_APP_ID is not set/)
  })

  it('names every way when nothing is set', () => {
    expect(() => githubAuthFromEnv({})).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: expect.stringMatching(/GITHUB_TOKEN.* or .*GITHUB_CLIENT_ID/) as string,
      }),
    )
  })

  it('names what is missing of the way that was begun', () => {
    const begun = { ...app, GITHUB_CLIENT_SECRET: ' ' }
    expect(() => githubAuthFromEnv(begun)).toThrow(
      expect.objectContaining({
        message: 'No GitHub credential in the environment: GITHUB_CLIENT_SECRET is not set.',
      }),
    )
  })
})
