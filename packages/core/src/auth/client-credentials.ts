import { parseConfiguredUrl } from '../http/destination.ts'
import type { Authenticator } from './authenticator.ts'
import type { CredentialValue } from './credential-value.ts'
import type { TokenEndpointOptions } from './oauth2.ts'
import { renewable } from './renewable.ts'

export interface ClientCredentialsOptions extends TokenEndpointOptions {
  clientId: string
  clientSecret: CredentialValue
}

/**
 * OAuth 2.0 client credentials: the app's own access token, got with the first call and again before it
 * expires, once for all callers. `scope` goes into `tokenParameters`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 */
export function clientCredentials(options: ClientCredentialsOptions): Authenticator {
  const { tokenUrl, clientId } = options
  parseConfiguredUrl('tokenUrl', tokenUrl)
  return renewable({
    ...options,
    grant: {
      url: tokenUrl,
      missing: () => undefined,
      async request(previous, context, now) {
        const grants = await import('./oauth2-grants.ts')
        return grants.clientCredentials({ options, clientId, previous, now, context })
      },
    },
  })
}
