import type { TokenRefreshEvent } from '@agent/core'
import {
  type Attributes,
  type Context,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import { actionAttributes, requestAttributes, serverAttributes, withoutQueryValues } from './attributes.ts'
import type { Attempt, FinishedCall } from './call-record.ts'
import { hrTime } from './clock.ts'
import { present } from './present.ts'

/** Whose call it was, as far as the app says. */
export interface Identity {
  account: string | undefined
  actor: string | undefined
}

interface Period {
  startedAt: number
  endedAt: number
}

/** Writes the span of a call and those within it; answers the context of the former. */
export function writeCallSpans(tracer: Tracer, call: FinishedCall, identity: Identity): Context {
  const { parent, result, attempts, refreshes, drifts, startedAt, endedAt } = call
  const { service, action, code } = result
  const attributes = present({
    ...actionAttributes(result),
    'connector.effect': result.effect,
    'connector.outcome': result.outcome,
    'connector.attempts': attempts.length,
    'connector.request_id': result.requestId,
    'connector.drifts': drifts === 0 ? undefined : drifts,
    'connector.account': identity.account,
    'connector.actor': identity.actor,
    'error.type': code,
  })
  const options = { kind: SpanKind.INTERNAL, attributes, startTime: hrTime(startedAt) }
  const span = tracer.startSpan(`${service} ${action}`, options, parent)
  const inside = trace.setSpan(parent, span)
  for (const attempt of attempts)
    writeAttemptSpan(tracer, attempt, attempt === attempts.at(-1) ? code : undefined, inside)
  for (const refresh of refreshes) writeRefreshSpan(tracer, refresh.event, refresh.endedAt, inside)
  end(span, attributes, endedAt)
  return inside
}

/** @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span */
function writeAttemptSpan(tracer: Tracer, attempt: Attempt, code: string | undefined, parent: Context): void {
  const { request, response, retry, startedAt, endedAt = startedAt } = attempt
  const attributes = present({
    ...requestAttributes(attempt, code),
    'url.full': withoutQueryValues(request),
    'http.request.resend_count': request.attempt > 1 ? request.attempt - 1 : undefined,
    'connector.request_id': response?.requestId,
    'connector.retry.delay': retry && retry.delayMs / 1000,
  })
  write(tracer, request.method, { kind: SpanKind.CLIENT, attributes }, { startedAt, endedAt }, parent)
}

/** Of a renewal, with all its requests to the token endpoint. */
export function writeRefreshSpan(
  tracer: Tracer,
  event: TokenRefreshEvent,
  endedAt: number,
  parent: Context,
): void {
  const attributes = { ...refreshAttributes(event), ...serverAttributes(event.url) }
  const period = { startedAt: endedAt - event.durationMs, endedAt }
  write(tracer, `${event.service} token refresh`, { kind: SpanKind.INTERNAL, attributes }, period, parent)
}

export const refreshAttributes = ({ service, reason, outcome, code }: TokenRefreshEvent): Attributes =>
  present({
    'connector.service': service,
    'connector.refresh.reason': reason,
    'connector.refresh.outcome': outcome,
    'error.type': code ?? (outcome === 'failed' ? '_OTHER' : undefined),
  })

function write(
  tracer: Tracer,
  name: string,
  { kind, attributes }: { kind: SpanKind; attributes: Attributes },
  { startedAt, endedAt }: Period,
  parent: Context,
): void {
  const span = tracer.startSpan(name, { kind, attributes, startTime: hrTime(startedAt) }, parent)
  end(span, attributes, endedAt)
}

function end(span: Span, attributes: Attributes, endedAt: number): void {
  if (attributes['error.type'] !== undefined) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end(hrTime(endedAt))
}
