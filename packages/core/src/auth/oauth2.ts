import type { Authenticator } from './authenticator.ts'
import { parseConfiguredUrl } from '../http/destination.ts'
import { assertSendable, type CredentialValue } from './credential-value.ts'
import { renewable } from './renewable.ts'
import { Secret } from './secret.ts'
import type { Grant } from './token-session.ts'

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

/** A token endpoint, and how it wants to be asked. */
export interface TokenEndpointOptions {
  tokenUrl: string
  clientSecret?: CredentialValue | undefined
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
  onTokens?: OnTokens | undefined
  /** Wall clock, milliseconds since the epoch. */
  now?: () => number
}

export interface OAuth2Options extends TokenEndpointOptions {
  clientId?: string | undefined
  /** Absent: the first call refreshes. */
  accessToken?: string | undefined
  /** Absent: the access token is used until the service rejects it. */
  refreshToken?: string | undefined
  /** When the access token expires. Absent: unknown, used until rejected. */
  expiresAt?: Date | undefined
}

/**
 * OAuth 2.0 access token that renews itself: ahead of its expiry, once for all callers, and once after a 401.
 * Throws ReauthRequiredError (`REAUTH_REQUIRED`) when the grant is gone, TokenEndpointError when the token
 * endpoint fails, StoreError (`TOKEN_PERSIST_FAILED`) when `onTokens` throws.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-6
 */
export function oauth2(options: OAuth2Options): Authenticator {
  const { tokenUrl, clientId, accessToken, refreshToken, expiresAt } = options
  parseConfiguredUrl('tokenUrl', tokenUrl)
  const secretOf = (value: string | undefined) => (value === undefined ? undefined : new Secret(value))
  const tokens = {
    accessToken: secretOf(accessToken),
    refreshToken: secretOf(refreshToken),
    expiresAt: expiresAt?.getTime(),
  }
  if (tokens.accessToken) assertSendable('accessToken', tokens.accessToken)
  const grant: Grant = {
    url: tokenUrl,
    missing(held) {
      if (held.refreshToken) return clientId === undefined ? 'clientId' : undefined
      return held.accessToken ? 'refreshToken' : 'accessToken or refreshToken'
    },
    async request(previous, context, now) {
      // Loaded on first use: an app with static tokens never pays for the OAuth client.
      const { refreshTokens } = await import('./oauth2-grants.ts')
      const { refreshToken: current = new Secret('') } = previous
      return refreshTokens(current, { options, clientId: clientId ?? '', previous, now, context })
    },
  }
  return renewable({ ...options, grant, tokens })
}
