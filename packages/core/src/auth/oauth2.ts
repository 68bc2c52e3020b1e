import type { Authenticator } from './authenticator.ts'
import { parseConfiguredUrl } from '../http/destination.ts'
import { assertSendable, type CredentialValue } from './credential-value.ts'
import { deferred } from './deferred.ts'
import { Secret } from './secret.ts'
import type { TokenKeeper } from './token-keeper.ts'

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
  /** Where calls with this token go, for services that say so; see {@link BaseUrlExtraction}. */
  baseUrl?: string
}

/** Where a service says, in its token reply, which server its calls go to. */
export interface BaseUrlExtraction {
  /** Field of the reply, such as Salesforce's `instance_url`. */
  baseUrl: string
  /** Hosts it may name: exact, or `*.my.example.com` for any below. A port is part of the host. */
  allowedHosts: readonly string[]
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
  /**
   * Takes the base URL of the calls from the token reply. A reply that names none at first, or one that is not
   * https and of an allowed host, is ProtocolError and its tokens are not used.
   */
  extract?: BaseUrlExtraction | undefined
  onTokens?: OnTokens | undefined
  /** Where tokens are kept instead, as `authenticate` of a service is given it for stored credentials. */
  tokenKeeper?: TokenKeeper | undefined
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
  /** With `extract`: the base URL as `onTokens` was handed it. Absent: the first call refreshes, if it can. */
  baseUrl?: string | undefined
}

/**
 * OAuth 2.0 access token that renews itself: ahead of its expiry, once for all callers, and once after a 401.
 * Throws ReauthRequiredError (`REAUTH_REQUIRED`) when the grant is gone, TokenEndpointError when the token
 * endpoint fails, StoreError (`TOKEN_PERSIST_FAILED`) when `onTokens` throws.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-6
 */
export function oauth2(options: OAuth2Options): Authenticator {
  const { tokenUrl, accessToken } = options
  parseConfiguredUrl('tokenUrl', tokenUrl)
  if (accessToken !== undefined) assertSendable('accessToken', new Secret(accessToken))
  return deferred(async () => (await import('./oauth2-token.ts')).oauth2Token(options))
}
