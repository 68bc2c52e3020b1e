import { parseConfiguredUrl } from '../http/destination.ts'
import type { JwtOptions } from '../jwt/sign-jwt.ts'
import type { Authenticator } from './authenticator.ts'
import type { CredentialValue } from './credential-value.ts'
import type { TokenEndpointOptions } from './oauth2.ts'
import { renewable } from './renewable.ts'
import { lazy } from '../action/lazy.ts'

export interface JwtBearerOptions
  extends TokenEndpointOptions, Omit<JwtOptions, 'key' | 'now' | 'claims' | 'lifetimeMs'> {
  issuer: string
  audience: string
  /** PEM, PKCS#8 or PKCS#1; a function is called for every new token. */
  privateKey: CredentialValue
  /** Where the service wants the client named beside the assertion. */
  clientId?: string
  /** Sent as a parameter, as RFC 7521 has it. Google reads it from `claims` instead. */
  scope?: string
  /** Further claims; a function is called for every assertion, as for a `jti`. */
  claims?: JwtOptions['claims'] | (() => JwtOptions['claims'])
  /** Life of an assertion, at most 10 minutes; 3 minutes, the most that Salesforce takes, unless told. */
  lifetimeMs?: number
}

/**
 * OAuth 2.0 JWT bearer grant, as for Google's service accounts and Salesforce's server-to-server apps: access
 * tokens got with an assertion that this app signs, with the first call and again before they expire, once for
 * all callers. An assertion that is refused while the clocks differ is made once more by the server's clock.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7523#section-2.1
 */
export function jwtBearer(options: JwtBearerOptions): Authenticator {
  const { tokenUrl } = options
  parseConfiguredUrl('tokenUrl', tokenUrl)
  const grant = lazy(() => import('./jwt-bearer-grant.ts').then((module) => module.jwtBearerGrant(options)))
  return renewable({
    ...options,
    grant: {
      url: tokenUrl,
      missing: () => undefined,
      request: async (...given) => (await grant())(...given),
    },
  })
}
