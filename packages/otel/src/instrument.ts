import type { ConnectionEvents } from '@agent/core'
import { context, type Meter, metrics, trace, type Tracer } from '@opentelemetry/api'
import { type AuditEvent, auditEventOf } from './audit.ts'
import { CallRecords, type FinishedCall } from './call-record.ts'
import { startClock } from './clock.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { quietly } from './quietly.ts'
import { type Identity, writeCallSpans, writeRefreshSpan } from './spans.ts'

export interface InstrumentOptions {
  /** That of the global tracer provider unless told. */
  tracer?: Tracer
  /** That of the global meter provider, as it is at the first call, unless told. */
  meter?: Meter
  /**
   * Told of every finished call, failed ones included. An exception in it is ignored, a rejection too: where an audit
   * must not have gaps, deal with them in here.
   */
  onAudit?: (event: AuditEvent) => unknown
  /** Whose credential the connector has. Stands in spans and audit events. */
  account?: string
  /** On whose behalf a call is made: asked at its end, in the asynchronous context that it was made in. */
  actor?: () => string | undefined
}

const scope = '@agent/otel'

/**
 * Hooks that write spans, metrics and audit events of every call, to spread into the options of a connector.
 * Several connectors may share them. Without an OpenTelemetry SDK they only tell `onAudit`.
 *
 * A call is one span, child of what is active where it is made; within it stand one span for each request and for
 * each token refresh that it waited for. They are written when the call is over, with the times of what they describe.
 *
 * @example new GithubConnector({ auth, ...instrument({ account: 'maria-silva' }) })
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
export function instrument(options: InstrumentOptions = {}): ConnectionEvents {
  const { tracer = trace.getTracer(scope), account, actor, onAudit } = options
  const records = new CallRecords(() => context.active())
  let created: Metrics | undefined
  const instruments = () => (created ??= createMetrics(options.meter ?? metrics.getMeter(scope)))

  const write = (call: FinishedCall, identity: Identity) => {
    const inside = quietly(() => writeCallSpans(tracer, call, identity)) ?? call.parent
    quietly(() => {
      instruments().recordCall(call, inside)
    })
    return inside
  }

  return {
    onCall: (event) => {
      records.started(event)
    },
    onRequest: (event) => {
      records.requested(event)
    },
    onResponse: (event) => {
      records.responded(event)
    },
    onRetry: (event) => {
      records.retried(event)
    },
    onDrift: (event) => {
      records.drifted(event)
    },
    onTokenRefresh: (event) => {
      if (records.refreshed(event)) return
      writeRefreshSpan(tracer, event, startClock()(), context.active())
      instruments().recordRefresh(event, context.active())
    },
    onResult: (event) => {
      const call = records.finished(event)
      if (!call) return
      const identity = { account, actor: quietly(() => actor?.()) }
      const inside = write(call, identity)
      quietly(() => onAudit?.(auditEventOf(call, identity, inside)))
    },
  }
}
