import { authFromEnv, type Environment } from '@agent/core'
import type { GithubAuthConfig } from './auth.ts'

/**
 * Auth config from environment variables: `GITHUB_TOKEN` (personal access token), or for a GitHub App's user
 * token `GITHUB_CLIENT_ID`, `GITHUB_CLIENT_SECRET` and `GITHUB_REFRESH_TOKEN`, with `GITHUB_ACCESS_TOKEN`
 * where there is one, or for its installation `GITHUB_APP_ID`, `GITHUB_APP_PRIVATE_KEY` and
 * `GITHUB_APP_INSTALLATION_ID`. Throws ConfigError (`CONFIG_INVALID`) naming the variables that are missing.
 *
 * @example githubAuthFromEnv(process.env)
 */
export function githubAuthFromEnv(environment: Environment): GithubAuthConfig {
  return authFromEnv<GithubAuthConfig>('GitHub', environment, [
    {
      required: { token: 'GITHUB_TOKEN' },
      build: ({ token = '' }) => ({ type: 'personalAccessToken', token }),
    },
    {
      required: {
        clientId: 'GITHUB_CLIENT_ID',
        clientSecret: 'GITHUB_CLIENT_SECRET',
        refreshToken: 'GITHUB_REFRESH_TOKEN',
      },
      optional: { accessToken: 'GITHUB_ACCESS_TOKEN' },
      build: (values) => ({ type: 'oauth', ...values }),
    },
    {
      required: {
        appId: 'GITHUB_APP_ID',
        privateKey: 'GITHUB_APP_PRIVATE_KEY',
        installationId: 'GITHUB_APP_INSTALLATION_ID',
      },
      build: ({ appId = '', privateKey = '', installationId = '' }) => {
        return { type: 'appInstallation', appId, privateKey, installationId }
      },
    },
  ])
}
