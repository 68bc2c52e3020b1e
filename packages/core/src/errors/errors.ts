import { ConnectorError } from './connector-error.ts'

// `code` is narrowed in each class, which also keeps TypeScript from taking one class for another.

/** The app's settings are wrong; thrown at construction, before anything is sent. */
export class ConfigError extends ConnectorError {
  static override readonly kind: string = 'ConfigError'
  declare readonly code: 'CONFIG_INVALID'
}

/** The call's entity, action or parameters are wrong; nothing was sent. */
export class ValidationError extends ConnectorError {
  static override readonly kind: string = 'ValidationError'
  declare readonly code: 'INPUT_INVALID' | 'ACTION_UNKNOWN'
}

/** The caller aborted. `name` is `AbortError`, as the platform's own. */
export class AbortError extends ConnectorError {
  static override readonly kind: string = 'AbortError'
  declare readonly code: 'ABORTED'
}

/**
 * The service does not accept the credential. While a user connects an account: `AUTHORIZATION_DENIED`, the
 * user or the server said no; `AUTHORIZATION_EXPIRED`, the user took too long; `AUTHORIZATION_INVALID`, the
 * answer does not belong to the request, or its code is no longer good.
 */
export class AuthRejectedError extends ConnectorError {
  static override readonly kind: string = 'AuthRejectedError'
  declare readonly code:
    'AUTH_REJECTED' | 'AUTHORIZATION_DENIED' | 'AUTHORIZATION_EXPIRED' | 'AUTHORIZATION_INVALID'
}

/** The grant is gone (revoked, expired, used up): the user must connect the account again. */
export class ReauthRequiredError extends ConnectorError {
  static override readonly kind: string = 'ReauthRequiredError'
  declare readonly code: 'REAUTH_REQUIRED'
}

/** The token endpoint failed for a passing reason; a later call may succeed. */
export class TokenEndpointError extends ConnectorError {
  static override readonly kind: string = 'TokenEndpointError'
  declare readonly code: 'TOKEN_ENDPOINT_FAILED'
}

/**
 * A credential store failed. `TOKEN_PERSIST_FAILED`: new tokens could not be persisted; they are kept in memory
 * and the next call persists them first. `STORE_UNAVAILABLE`: it cannot be reached or written. `STORE_LOCKED`:
 * another process held the lock for too long. `STORE_INSECURE`: others may read its files. `RECORD_MISSING`: it
 * has no such credential. `RECORD_MISMATCH`: the record is of another issuer, client or account.
 * `RECORD_UNREADABLE`: the record is damaged, or of a version that this library does not know.
 * `RECORD_UNDECIPHERABLE`: the key is wrong, or the record was changed or moved.
 */
export class StoreError extends ConnectorError {
  static override readonly kind: string = 'StoreError'
  declare readonly code:
    | 'TOKEN_PERSIST_FAILED'
    | 'STORE_UNAVAILABLE'
    | 'STORE_LOCKED'
    | 'STORE_INSECURE'
    | 'RECORD_MISSING'
    | 'RECORD_MISMATCH'
    | 'RECORD_UNREADABLE'
    | 'RECORD_UNDECIPHERABLE'
}

/** The credential is valid but may not do this. */
export class PermissionError extends ConnectorError {
  static override readonly kind: string = 'PermissionError'
  declare readonly code: 'PERMISSION_DENIED'
}

/** Too many requests; `retryAt` says when to come back. */
export class RateLimitError extends ConnectorError {
  static override readonly kind: string = 'RateLimitError'
  declare readonly code: 'RATE_LIMITED' | 'QUOTA_EXHAUSTED'
}

/** A long-lived quota (such as a daily one) is used up; `retryAt` says when it resets. */
export class QuotaExhaustedError extends RateLimitError {
  static override readonly kind: string = 'QuotaExhaustedError'
  declare readonly code: 'QUOTA_EXHAUSTED'
}

/** No connection, or it broke before an answer came. */
export class TransportError extends ConnectorError {
  static override readonly kind: string = 'TransportError'
  declare readonly code: 'CONNECTION_FAILED' | 'TIMEOUT'
}

/** No complete answer within `timeoutMs` or `totalTimeoutMs`. */
export class TimeoutError extends TransportError {
  static override readonly kind: string = 'TimeoutError'
  declare readonly code: 'TIMEOUT'
}

/** The service answered something its documentation does not describe. */
export class ProtocolError extends ConnectorError {
  static override readonly kind: string = 'ProtocolError'
  declare readonly code: 'REPLY_INVALID' | 'REPLY_TOO_LARGE' | 'REPLY_DRIFTED'
}

/** The answer is larger than `maxResponseBytes`. */
export class ResponseTooLargeError extends ProtocolError {
  static override readonly kind: string = 'ResponseTooLargeError'
  declare readonly code: 'REPLY_TOO_LARGE'
}

/** The service redirects somewhere this library does not follow. */
export class RedirectBlockedError extends ConnectorError {
  static override readonly kind: string = 'RedirectBlockedError'
  declare readonly code: 'REDIRECT_BLOCKED'
}

/** The URL leaves the origins that the service declares. */
export class DestinationBlockedError extends ConnectorError {
  static override readonly kind: string = 'DestinationBlockedError'
  declare readonly code: 'DESTINATION_BLOCKED'
}

/** A write may or may not have been applied. It was not resent; look before doing it again. */
export class OutcomeUnknownError extends ConnectorError {
  static override readonly kind: string = 'OutcomeUnknownError'
  declare readonly code: 'OUTCOME_UNKNOWN'
}

/** The service refused the request for a reason of its own: not found, conflict, invalid, gone. */
export class RemoteError extends ConnectorError {
  static override readonly kind: string = 'RemoteError'
  declare readonly code: 'NOT_FOUND' | 'CONFLICT' | 'REQUEST_REJECTED' | 'SERVER_ERROR'
}
