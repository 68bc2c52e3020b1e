import type { Authenticator } from './authenticator.ts'
import type { CredentialValue } from './credential-value.ts'
import { Secret } from './secret.ts'
import { staticCredential } from './static-credential.ts'

export interface BearerOptions {
  token: CredentialValue
  /** Word before the token; `Bearer` unless told. */
  scheme?: string
  /** What the app calls the token, for errors; `token` unless told. */
  field?: string
}

/**
 * `Authorization: Bearer <token>`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearer({ token, scheme = 'Bearer', field = 'token' }: BearerOptions): Authenticator {
  return staticCredential({ [field]: token }, (current) => ({
    headers: { authorization: new Secret(`${scheme} ${current[field]?.reveal() ?? ''}`) },
  }))
}
