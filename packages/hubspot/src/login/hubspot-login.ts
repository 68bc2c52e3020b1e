import type { LoginClient, OAuth2Tokens, ServiceLogin } from '@agent/core'
import type { HubspotAuthConfig } from '../auth.ts'
import { HubspotConnector } from '../connector.ts'
import { hubspot } from '../service.ts'
import { endpoints } from './endpoints.ts'
import { inspect } from './inspect.ts'
import { revoke } from './revoke.ts'
import { includesScope } from './scopes.ts'

const docs = 'https://developers.hubspot.com/docs/apps'

/** Connecting a HubSpot account and looking after it. */
export const hubspotLogin: ServiceLogin<typeof hubspot> = {
  service: hubspot,
  catalogue: HubspotConnector.catalogue,
  endpoints,
  needsClientSecret: true,
  registrationUrl: `${docs}/developer-platform/build-apps/create-an-app`,
  pasted: [
    {
      type: 'serviceKey',
      field: 'key',
      title: 'Service key',
      url: `${docs}/developer-platform/build-apps/authentication/account-service-keys`,
    },
    {
      type: 'privateApp',
      field: 'accessToken',
      title: 'Access token of a private app',
      url: `${docs}/legacy-apps/private-apps/overview`,
    },
  ],
  authOf,
  inspect,
  revoke,
  includesScope,
}

/** HubSpot gives no tokens without a secret, and always a refresh token; the schema refuses what lacks either. */
function authOf(
  { clientId, clientSecret = '' }: LoginClient,
  { accessToken, refreshToken = '', expiresAt }: OAuth2Tokens,
): HubspotAuthConfig {
  return {
    type: 'oauth',
    clientId,
    clientSecret,
    refreshToken,
    accessToken,
    ...(expiresAt && { expiresAt }),
  }
}
