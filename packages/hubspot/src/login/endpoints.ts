import type { LoginEndpoints } from '@agent/core'
import { tokenUrlOf } from '../oauth-urls.ts'

/**
 * HubSpot's OAuth endpoints. Of HubSpot's own hosts, users sign in at `app.hubspot.com`, which knows where each
 * account is; any other host, such as a proxy, has the authorization page itself.
 *
 * @see https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/oauth/working-with-oauth
 */
export function endpoints(baseUrl: URL): LoginEndpoints {
  const isHubspot = /^api(-[a-z\d]+)?\.hubapi\.com$/.test(baseUrl.hostname)
  const origin = isHubspot ? 'https://app.hubspot.com' : baseUrl.origin
  return { authorizationUrl: `${origin}/oauth/authorize`, tokenUrl: tokenUrlOf(baseUrl) }
}
