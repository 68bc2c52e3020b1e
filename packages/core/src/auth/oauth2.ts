import type { Authenticator, Authorization } from './authenticator.ts'
import { lazy } from '../action/lazy.ts'
import { parseConfiguredUrl } from '../http/destination.ts'
import { assertSendable, type CredentialValue } from './credential-value.ts'
import { Secret } from './secret.ts'

/** Tokens as handed to `onTokens`. Plain strings: the app stores them. */
export interface OAuth2Tokens {
  accessToken: string
  /** The one to use next time; the previous one where the server sent none. */
  refreshToken?: string
  /** When the access token expires; absent when unknown. */
  expiresAt?: Date
  /** When the refresh token expires, where the service says so. */
  refreshTokenExpiresAt?: Date
  /** Granted scope, space-separated, where the server says so. */
  scope?: string
}

/**
 * Called with every new pair of tokens and awaited before the new access token is used. Persist both; an
 * exception fails the call with StoreError and the same pair is handed over again on the next call.
 */
export type OnTokens = (tokens: OAuth2Tokens) => void | Promise<void>

export interface OAuth2Options {
  tokenUrl: string
  clientId?: string | undefined
  clientSecret?: CredentialValue | undefined
  /** Absent: the first call refreshes. */
  accessToken?: string | undefined
  /** Absent: the access token is used until the service rejects it. */
  refreshToken?: string | undefined
  /** When the access token expires. Absent: unknown, used until rejected. */
  expiresAt?: Date | undefined
  onTokens?: OnTokens | undefined
  /** Where the client id and secret go in the token request (RFC 6749 §2.3.1); `body` unless told. */
  clientAuthentication?: 'body' | 'basic'
  /** How the token request is written; `form`, the standard one, unless told. */
  tokenRequestFormat?: 'form' | 'json'
  /** Further parameters of the token request. */
  tokenParameters?: Readonly<Record<string, string>>
  /** Further headers of the token request. */
  tokenHeaders?: Readonly<Record<string, string>>
  /** Word before the access token; `Bearer` unless told. */
  scheme?: string
  /** Further headers of every API request, such as a client id. */
  headers?: Readonly<Record<string, string>>
  /** Wall clock, milliseconds since the epoch. */
  now?: () => number
}

/**
 * OAuth 2.0 access token that renews itself: ahead of its expiry, once for all callers, and once after a 401.
 * Throws ReauthRequiredError (`REAUTH_REQUIRED`) when the grant is gone, TokenEndpointError when the token
 * endpoint fails, StoreError (`TOKEN_PERSIST_FAILED`) when `onTokens` throws.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-6
 */
export function oauth2(options: OAuth2Options): Authenticator {
  const { scheme = 'Bearer', headers = {}, accessToken } = options
  parseConfiguredUrl('tokenUrl', options.tokenUrl)
  if (accessToken !== undefined) assertSendable('accessToken', new Secret(accessToken))
  // Loaded with the first call, so an app with a static token never loads what renews one.
  const session = lazy(() =>
    import('./oauth2-session.ts').then(({ OAuth2Session }) => new OAuth2Session(options)),
  )
  return {
    async authorize(context): Promise<Authorization> {
      const current = await (await session()).accessToken(context)
      return {
        headers: { ...headers, authorization: new Secret(`${scheme} ${current.accessToken.reveal()}`) },
        generation: current.generation,
      }
    },
    async onUnauthorized({ generation }, context) {
      return (await session()).renewAfterRejection(generation, context)
    },
  }
}
