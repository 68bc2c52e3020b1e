import type { Fetch } from '../../http/attempt.ts'
import type { AuthContext } from '../authenticator.ts'

export interface AuthContextOptions {
  /** Where requests may go: the origins of these. */
  urls: readonly (string | URL)[]
  /** Replaces the platform's `fetch`. */
  fetch?: Fetch | undefined
  /** Most that one request may take; 30 seconds unless told. */
  timeoutMs?: number | undefined
}

/**
 * What a connection lends its authenticator, without a connection: for requests to an authorization server that
 * are no API calls, such as introspection and revocation, with the same guards and limits.
 */
export async function authContext({ urls, ...options }: AuthContextOptions): Promise<AuthContext> {
  const { loginContext } = await import('./login-context.ts')
  return loginContext(
    urls.map((url) => new URL(url)),
    options,
  )
}
