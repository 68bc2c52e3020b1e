import type { Effect, ErrorCode, Outcome } from '@agent/core'
import { type Context, isSpanContextValid, trace } from '@opentelemetry/api'
import type { FinishedCall } from './call-record.ts'
import { present } from './present.ts'
import type { Identity } from './spans.ts'

/**
 * One call, as a record of who did what. JSON-safe; holds no credential, no parameter and nothing of the answer but its
 * request id.
 */
export interface AuditEvent {
  /** Start of the call, ISO 8601 in UTC. */
  time: string
  /** On whose behalf, as `actor` of the options tells. */
  actor?: string
  /** Whose credential, as `account` of the options tells. */
  account?: string
  service: string
  /** `entity.action`. */
  action: string
  effect: Effect
  outcome: Outcome
  /** Absent when the call succeeded. */
  code?: ErrorCode
  /** The service's id of the last request. */
  requestId?: string
  /** Requests that were sent for it; 0 where the input was refused. */
  attempts: number
  durationMs: number
  /** Of the call's span, where OpenTelemetry is configured. */
  traceId?: string
  spanId?: string
}

export function auditEventOf(call: FinishedCall, { actor, account }: Identity, context: Context): AuditEvent {
  const { service, action, effect, outcome, code, requestId, durationMs } = call.result
  const span = trace.getSpanContext(context)
  const traced = span !== undefined && isSpanContextValid(span)
  return present({
    time: new Date(call.startedAt).toISOString(),
    actor,
    account,
    service,
    action,
    effect,
    outcome,
    code,
    requestId,
    attempts: call.attempts.length,
    durationMs,
    traceId: traced ? span.traceId : undefined,
    spanId: traced ? span.spanId : undefined,
  })
}
