import { ConnectorError } from './connector-error.ts'

/** The app's settings are wrong; thrown at construction, before anything is sent. */
export class ConfigError extends ConnectorError {
  static override readonly kind: string = 'ConfigError'
}

/** The call's entity, action or parameters are wrong; nothing was sent. */
export class ValidationError extends ConnectorError {
  static override readonly kind: string = 'ValidationError'
}

/** The caller aborted. `name` is `AbortError`, as the platform's own. */
export class AbortError extends ConnectorError {
  static override readonly kind: string = 'AbortError'
}

/** The service does not accept the credential. */
export class AuthRejectedError extends ConnectorError {
  static override readonly kind: string = 'AuthRejectedError'
}

/** The grant is gone (revoked, expired, used up): the user must connect the account again. */
export class ReauthRequiredError extends ConnectorError {
  static override readonly kind: string = 'ReauthRequiredError'
}

/** The token endpoint failed for a passing reason; a later call may succeed. */
export class TokenEndpointError extends ConnectorError {
  static override readonly kind: string = 'TokenEndpointError'
}

/** New tokens could not be persisted; they are kept in memory and the next call persists them first. */
export class StoreError extends ConnectorError {
  static override readonly kind: string = 'StoreError'
}

/** The credential is valid but may not do this. */
export class PermissionError extends ConnectorError {
  static override readonly kind: string = 'PermissionError'
}

/** Too many requests; `retryAt` says when to come back. */
export class RateLimitError extends ConnectorError {
  static override readonly kind: string = 'RateLimitError'
}

/** A long-lived quota (such as a daily one) is used up; `retryAt` says when it resets. */
export class QuotaExhaustedError extends RateLimitError {
  static override readonly kind: string = 'QuotaExhaustedError'
}

/** No connection, or it broke before an answer came. */
export class TransportError extends ConnectorError {
  static override readonly kind: string = 'TransportError'
}

/** No complete answer within `timeoutMs` or `totalTimeoutMs`. */
export class TimeoutError extends TransportError {
  static override readonly kind: string = 'TimeoutError'
}

/** The service answered something its documentation does not describe. */
export class ProtocolError extends ConnectorError {
  static override readonly kind: string = 'ProtocolError'
}

/** The answer is larger than `maxResponseBytes`. */
export class ResponseTooLargeError extends ProtocolError {
  static override readonly kind: string = 'ResponseTooLargeError'
}

/** The service redirects somewhere this library does not follow. */
export class RedirectBlockedError extends ConnectorError {
  static override readonly kind: string = 'RedirectBlockedError'
}

/** The URL leaves the origins that the service declares. */
export class DestinationBlockedError extends ConnectorError {
  static override readonly kind: string = 'DestinationBlockedError'
}

/** A write may or may not have been applied. It was not resent; look before doing it again. */
export class OutcomeUnknownError extends ConnectorError {
  static override readonly kind: string = 'OutcomeUnknownError'
}

/** The service refused the request for a reason of its own: not found, conflict, invalid, gone. */
export class RemoteError extends ConnectorError {
  static override readonly kind: string = 'RemoteError'
}
