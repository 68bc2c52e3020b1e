import {
  type AuthenticateContext,
  type Authenticator,
  bearer,
  credentialValue,
  oauth2,
  oauth2Fields,
} from '@agent/core'
import * as z from 'zod'
import { appInstallation } from './app-installation/app-installation.ts'
import { appInstallationAuth } from './app-installation/config.ts'
import { tokenUrlOf } from './hosts.ts'

const personalAccessToken = () =>
  z.strictObject({
    type: z.literal('personalAccessToken'),
    /** A classic or fine-grained personal access token, or a function that returns the current one. */
    token: credentialValue(),
  })

const oauth = () => {
  const { clientId, clientSecret, refreshToken, accessToken, expiresAt, onTokens } = oauth2Fields()
  return z
    .strictObject({
      type: z.literal('oauth'),
      /** User access token of an OAuth app or a GitHub App. */
      accessToken: accessToken.optional(),
      /** Of a GitHub App whose user tokens expire; good for one use, so keep what `onTokens` brings. */
      refreshToken: refreshToken.optional(),
      clientId: clientId.optional(),
      clientSecret: clientSecret.optional(),
      expiresAt: expiresAt.optional(),
      onTokens: onTokens.optional(),
    })
    .refine(({ accessToken, refreshToken }) => (accessToken ?? refreshToken) !== undefined, {
      path: ['accessToken'],
      error: 'expected an access token, or a refresh token with clientId and clientSecret',
    })
    .refine(({ refreshToken, clientId }) => refreshToken === undefined || clientId !== undefined, {
      path: ['clientId'],
      error: 'expected the client id that the refresh token belongs to',
    })
}

/** How a connector is given a GitHub credential. */
export const githubAuth = () =>
  z.discriminatedUnion('type', [personalAccessToken(), oauth(), appInstallationAuth()])

export type GithubAuthConfig = z.input<ReturnType<typeof githubAuth>>
/** @see https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens */
export type GithubPersonalAccessTokenAuthConfig = Extract<GithubAuthConfig, { type: 'personalAccessToken' }>
/** @see https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens */
export type GithubOAuthAuthConfig = Extract<GithubAuthConfig, { type: 'oauth' }>

/** @see https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation */
export type GithubAppInstallationAuthConfig = Extract<GithubAuthConfig, { type: 'appInstallation' }>

export function githubAuthenticator(
  config: z.output<ReturnType<typeof githubAuth>>,
  { baseUrl, tokenKeeper }: AuthenticateContext,
): Authenticator {
  if (config.type === 'personalAccessToken') return bearer({ token: config.token })
  if (config.type === 'appInstallation') return appInstallation(config, baseUrl, { tokenKeeper })
  return oauth2({ ...config, tokenKeeper, tokenUrl: tokenUrlOf(baseUrl) })
}
