import type { Secret } from './secret.ts'

/** What a credential adds to one request. */
export interface Authorization {
  headers: Readonly<Record<string, string | Secret>>
  /** Only for services that declare `credentialsInQuery`. */
  query?: Readonly<Record<string, Secret>>
  /** Tells one credential from the next; handed back to `onUnauthorized`. */
  generation: unknown
  /** Where this credential's calls go instead of the configured base URL; its origin is trusted with them. */
  baseUrl?: string
}

/** A request to a token endpoint, sent with the connection's own guards, time limits and events. */
export interface TokenRequest {
  url: string
  /** `POST` unless told. */
  method?: 'GET' | 'POST'
  headers: Readonly<Record<string, string | Secret>>
  body?: Secret
  /**
   * True where a second request does no harm if the first was carried out, as for client credentials; a refresh
   * token may be good for one use. False unless told.
   */
  isRepeatable?: boolean
}

export interface TokenReply {
  status: number
  headers: Headers
  text: string
}

/** Told to `onTokenRefresh` hooks. Holds no token. */
export interface TokenRefreshEvent {
  service: string
  /** The call that asked first; others may have waited for the same tokens. */
  action: string
  callId: number
  /** The token endpoint, without query. */
  url: string
  reason: 'missing' | 'expiring' | 'rejected'
  outcome: 'renewed' | 'failed'
  /** Code of the error when it failed. */
  code?: string
  durationMs: number
  /** When the new access token expires; absent when the server did not say. */
  expiresAt?: Date
}

/** What the connection lends an authenticator. */
export interface AuthContext {
  /** The caller's abort. Shared work must not end with it. */
  signal?: AbortSignal | undefined
  sendTokenRequest(request: TokenRequest): Promise<TokenReply>
  onTokenRefresh(event: Omit<TokenRefreshEvent, 'service' | 'action' | 'callId'>): void
  /** Makes a value known, so that it is taken out of every error and event. */
  protect(secret: Secret): void
}

/**
 * Puts a credential on requests. Stateless kinds have `authorize` alone; kinds that can renew also have
 * `onUnauthorized`, called at most once for a call, after a 401.
 */
export interface Authenticator {
  authorize(context: AuthContext): Promise<Authorization>
  /** True when another credential than the rejected one is at hand and the request is worth sending again. */
  onUnauthorized?(rejected: Authorization, context: AuthContext): Promise<boolean>
}
