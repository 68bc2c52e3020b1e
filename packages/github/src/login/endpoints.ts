import type { LoginEndpoints } from '@agent/core'
import { tokenUrlOf, webOriginOf } from '../hosts.ts'

/**
 * GitHub's OAuth endpoints. It tells its issuer with the authorization code (RFC 9207), though nowhere
 * documents that it always does.
 *
 * @see https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
 */
export function endpoints(baseUrl: URL): LoginEndpoints {
  const origin = webOriginOf(baseUrl)
  return {
    authorizationUrl: `${origin}/login/oauth/authorize`,
    tokenUrl: tokenUrlOf(baseUrl),
    deviceAuthorizationUrl: `${origin}/login/device/code`,
    issuer: `${origin}/login/oauth`,
  }
}
