import type { TokenRefreshEvent } from '../auth/authenticator.ts'
import type { Effect } from '../action/effect.ts'
import type { ErrorCode, Outcome } from '../errors/connector-error.ts'

/** What every event of a call carries. No event holds a header, a body or a credential. */
export interface CallEvent {
  service: string
  /** `entity.action`. */
  action: string
  /** Groups the events of one call; unique among all connections of the process. */
  callId: number
}

export interface RequestEvent extends CallEvent {
  method: string
  /** Full URL; credentials in it are redacted. */
  url: string
  /** 1 for the first. */
  attempt: number
}

export interface ResponseEvent extends RequestEvent {
  status: number
  durationMs: number
  requestId?: string
  rateLimit?: RateLimit
}

export interface RetryEvent extends RequestEvent {
  reason: ErrorCode
  /** Wait before the next attempt. */
  delayMs: number
}

/** One finished call, however many requests it took. */
export interface ResultEvent extends CallEvent {
  effect: Effect
  durationMs: number
  attempts: number
  outcome: Outcome
  /** Of the last answer, where the service gave one. */
  requestId?: string
  /** Absent when the call succeeded. */
  code?: ErrorCode
}

/** A field of an answer that does not fit its schema. */
export interface DriftEvent extends CallEvent {
  path: string
  expected: string
}

/** What is left of a request budget, as the service reports it. */
export interface RateLimit {
  limit?: number
  remaining?: number
  resetAt?: Date
  /** The service's name for the bucket. */
  resource?: string
}

/** Hooks for logging. They see no secret; an exception in one is ignored, so that logging breaks no call. */
export interface ConnectionEvents {
  /** At the start of a call, before its input is checked and its credential is got. */
  onCall?: (event: CallEvent) => void
  onRequest?: (event: RequestEvent) => void
  onResponse?: (event: ResponseEvent) => void
  onRetry?: (event: RetryEvent) => void
  onTokenRefresh?: (event: TokenRefreshEvent) => void
  onResult?: (event: ResultEvent) => void
  onDrift?: (event: DriftEvent) => void
}

/** Calls a hook; logging must not break a call. */
export function emit<Event>(hook: ((event: Event) => unknown) | undefined, event: Event): void {
  // An async hook rejects instead of throwing; both are ignored, as ConnectionEvents says.
  void new Promise((resolve) => {
    resolve(hook?.(event))
  }).catch(() => undefined)
}
