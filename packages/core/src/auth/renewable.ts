import type { Authenticator } from './authenticator.ts'
import { deferred } from './deferred.ts'
import type { TokenSessionOptions } from './token-session.ts'

export interface RenewableOptions extends TokenSessionOptions {
  /** Word before the access token; `Bearer` unless told. */
  scheme?: string | undefined
  /** Further headers of every API request. */
  headers?: Readonly<Record<string, string>> | undefined
}

/** Authenticator of a token that a grant renews. */
export function renewable(options: RenewableOptions): Authenticator {
  return deferred(async () => {
    const { RenewedToken } = await import('./renewed-token.ts')
    return new RenewedToken(options)
  })
}
