import { authFromEnv, type Environment } from '@agent/core'
import type { GithubAuthConfig } from './auth.ts'

/**
 * Auth config from environment variables: `GITHUB_TOKEN` (personal access token), or for a GitHub App's user
 * token `GITHUB_CLIENT_ID`, `GITHUB_CLIENT_SECRET` and `GITHUB_REFRESH_TOKEN`, with `GITHUB_ACCESS_TOKEN`
 * where there is one. Throws ConfigError (`CONFIG_INVALID`) naming the variables that are missing.
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
  ])
}
