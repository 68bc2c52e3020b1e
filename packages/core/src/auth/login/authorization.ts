import type { OAuth2Tokens } from '../oauth2.ts'
import type { LoginOptions } from './login-options.ts'

export interface FinishAuthorizationOptions extends LoginOptions {
  /** The server's issuer identifier; an `iss` that it sends must be this one (RFC 9207). */
  issuer?: string | undefined
  /** True for a server that always sends `iss` (`authorization_response_iss_parameter_supported`). */
  isIssuerSent?: boolean | undefined
}

export interface AuthorizationOptions extends FinishAuthorizationOptions {
  authorizationUrl: string
  /** Where the server sends the user back; https, http on loopback, or an app's own scheme (RFC 8252 §7.1). */
  redirectUri: string
  scope?: string | undefined
  /** Further parameters of the authorization request, such as `access_type`. */
  authorizationParameters?: Readonly<Record<string, string>> | undefined
}

/** What the second half of a login needs of the first. Plain JSON; it belongs in the user's own session. */
export interface PendingAuthorization {
  state: string
  /** Secret until the login is finished. */
  codeVerifier: string
  redirectUri: string
  clientId: string
  tokenUrl: string
}

/**
 * Begins an authorization code login with PKCE (S256): send the user to `url`, and keep `pending` in the user's
 * session, nowhere else. Sends nothing. Throws ConfigError (`CONFIG_INVALID`) for options that cannot work.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1
 * @see https://www.rfc-editor.org/rfc/rfc7636
 */
export async function startAuthorization(
  options: AuthorizationOptions,
): Promise<{ url: string; pending: PendingAuthorization }> {
  const { begin } = await import('./begin-authorization.ts')
  return begin(options)
}

/**
 * Finishes a login: checks what the server sent back to `redirectUri` and exchanges its code for tokens, with
 * one request that is never repeated. Delete `pending` from the session first, then call this: a login is
 * finished once, and this process refuses to finish the same one twice.
 *
 * Throws AuthRejectedError before anything is sent where the answer is not that of this login
 * (`AUTHORIZATION_INVALID`) or says no (`AUTHORIZATION_DENIED`), and where the server refuses the code
 * (`AUTHORIZATION_INVALID`); OutcomeUnknownError (`OUTCOME_UNKNOWN`) where no answer came. After any of these
 * the user starts again.
 *
 * @param callback The URL of the callback, as a whole or from its path on, or its parameters alone.
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.4
 */
export async function finishAuthorization(
  callback: string | URL | URLSearchParams,
  pending: PendingAuthorization,
  options: FinishAuthorizationOptions,
): Promise<OAuth2Tokens> {
  const { finish } = await import('./complete-authorization.ts')
  return finish(callback, pending, options)
}
