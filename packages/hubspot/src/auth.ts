import {
  type AuthenticateContext,
  type Authenticator,
  bearer,
  clientCredentials,
  credentialValue,
  oauth2,
  oauth2Fields,
} from '@agent/core'
import * as z from 'zod'
import { tokenUrlOf } from './oauth-urls.ts'

const oauth = () => {
  const { clientId, clientSecret, refreshToken, accessToken, expiresAt, onTokens } = oauth2Fields()
  return z.strictObject({
    type: z.literal('oauth'),
    clientId,
    clientSecret,
    /** HubSpot may replace it with any renewal: keep what `onTokens` brings. */
    refreshToken,
    /** Lives for thirty minutes. Without one, the first call renews. */
    accessToken: accessToken.optional(),
    expiresAt: expiresAt.optional(),
    onTokens: onTokens.optional(),
  })
}

const serviceKey = () =>
  z.strictObject({
    type: z.literal('serviceKey'),
    /** The service key, or a function that returns the current one. */
    key: credentialValue(),
  })

const privateApp = () =>
  z.strictObject({
    type: z.literal('privateApp'),
    /** Access token of the private app, or a function that returns the current one. */
    accessToken: credentialValue(),
  })

const appCredentials = () => {
  const { clientId, clientSecret } = oauth2Fields()
  return z.strictObject({
    type: z.literal('clientCredentials'),
    clientId,
    clientSecret,
    /** Scopes of the app's token, parted by spaces, such as `developer.webhooks_journal.read`. */
    scope: z.string().min(1),
  })
}

/** How a connector is given a HubSpot credential. */
export const hubspotAuth = () =>
  z.discriminatedUnion('type', [oauth(), serviceKey(), privateApp(), appCredentials()])

export type HubspotAuthConfig = z.input<ReturnType<typeof hubspotAuth>>
/** @see https://developers.hubspot.com/docs/api-reference/latest/authentication/manage-oauth-tokens */
export type HubspotOAuthAuthConfig = Extract<HubspotAuthConfig, { type: 'oauth' }>
/** @see https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/account-service-keys */
export type HubspotServiceKeyAuthConfig = Extract<HubspotAuthConfig, { type: 'serviceKey' }>
/**
 * For private apps that exist: no new ones can be created, and theirs end in September 2027.
 *
 * @see https://developers.hubspot.com/changelog/legacy-private-app-creation-sunset
 */
export type HubspotPrivateAppAuthConfig = Extract<HubspotAuthConfig, { type: 'privateApp' }>

/**
 * The app itself, for HubSpot's app-level APIs, such as the webhooks journal. HubSpot documents its tokens for
 * none of this connector's own actions, which need a token of an account: use them with actions that you define,
 * by `connect(hubspot, { auth })`.
 *
 * @see https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/overview#client-credentials
 * @see https://developers.hubspot.com/docs/api-reference/latest/webhooks-journal/guide#authentication-and-scopes
 */
export type HubspotClientCredentialsAuthConfig = Extract<HubspotAuthConfig, { type: 'clientCredentials' }>

export function hubspotAuthenticator(
  config: z.output<ReturnType<typeof hubspotAuth>>,
  { baseUrl, tokenKeeper }: AuthenticateContext,
): Authenticator {
  switch (config.type) {
    case 'oauth':
      return oauth2({ ...config, tokenKeeper, tokenUrl: tokenUrlOf(baseUrl) })
    case 'serviceKey':
      return bearer({ token: config.key, field: 'key' })
    case 'privateApp':
      return bearer({ token: config.accessToken, field: 'accessToken' })
    case 'clientCredentials': {
      const { scope, ...client } = config
      return clientCredentials({
        ...client,
        tokenKeeper,
        tokenUrl: tokenUrlOf(baseUrl),
        tokenParameters: { scope },
      })
    }
  }
}
