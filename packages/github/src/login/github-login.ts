import type { LoginClient, OAuth2Tokens, ServiceLogin } from '@agent/core'
import type { GithubAuthConfig } from '../auth.ts'
import { GithubConnector } from '../connector.ts'
import { github } from '../service.ts'
import { endpoints } from './endpoints.ts'
import { inspect } from './inspect.ts'
import { revoke } from './revoke.ts'
import { includesScope } from './scopes.ts'

const settings = 'https://github.com/settings'

/**
 * Connecting a GitHub account and looking after it. A client secret is not needed for the device flow; GitHub
 * asks for it when a code from the browser is exchanged.
 */
export const githubLogin: ServiceLogin<typeof github> = {
  service: github,
  catalogue: GithubConnector.catalogue,
  endpoints,
  needsClientSecret: false,
  registrationUrl: `${settings}/developers`,
  pasted: [
    {
      type: 'personalAccessToken',
      field: 'token',
      title: 'Fine-grained personal access token',
      url: `${settings}/personal-access-tokens/new`,
    },
    {
      type: 'personalAccessToken',
      field: 'token',
      title: 'Personal access token (classic)',
      url: `${settings}/tokens/new`,
    },
  ],
  authOf,
  inspect,
  revoke,
  includesScope,
}

function authOf(
  { clientId, clientSecret }: LoginClient,
  { accessToken, refreshToken, expiresAt }: OAuth2Tokens,
): GithubAuthConfig {
  return {
    type: 'oauth',
    clientId,
    ...(clientSecret !== undefined && { clientSecret }),
    accessToken,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(expiresAt && { expiresAt }),
  }
}
