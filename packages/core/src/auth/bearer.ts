import type { Authenticator } from './authenticator.ts'
import type { CredentialValue } from './credential-value.ts'
import { Secret } from './secret.ts'
import { staticCredential } from './static-credential.ts'

export interface BearerOptions {
  token: CredentialValue
  /** Word before the token; `Bearer` unless told. */
  scheme?: string
}

/**
 * `Authorization: Bearer <token>`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearer({ token, scheme = 'Bearer' }: BearerOptions): Authenticator {
  return staticCredential({ token }, (current) => ({
    headers: { authorization: new Secret(`${scheme} ${current.token.reveal()}`) },
  }))
}
