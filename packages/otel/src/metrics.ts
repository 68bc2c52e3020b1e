import type { TokenRefreshEvent } from '@agent/core'
import type { Context, Meter } from '@opentelemetry/api'
import { actionAttributes, requestAttributes } from './attributes.ts'
import type { FinishedCall } from './call-record.ts'
import { present } from './present.ts'
import { refreshAttributes } from './spans.ts'

// As the HTTP conventions advise for `http.client.request.duration`.
const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
// A call may wait for a rate limit, and takes two minutes at most unless told.
const callBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120]

export type Metrics = ReturnType<typeof createMetrics>

/**
 * The instruments of a meter, and what is written to them.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpclientrequestduration
 */
export function createMetrics(meter: Meter) {
  const histogram = (name: string, description: string, buckets: number[]) =>
    meter.createHistogram(name, { description, unit: 's', advice: { explicitBucketBoundaries: buckets } })
  const requests = histogram(
    'http.client.request.duration',
    'Duration of HTTP client requests.',
    requestBuckets,
  )
  const calls = histogram('connector.call.duration', 'Duration of calls, waits included.', callBuckets)
  const waits = histogram('connector.retry.wait', 'Waits before another attempt.', callBuckets)
  const refreshes = histogram(
    'connector.token_refresh.duration',
    'Duration of token refreshes.',
    requestBuckets,
  )
  const retries = meter.createCounter('connector.retries', {
    description: 'Attempts that were followed by another after a wait.',
    unit: '{retry}',
  })
  const drifts = meter.createCounter('connector.drifts', {
    description: 'Fields of answers that do not fit their schema.',
    unit: '{field}',
  })

  const recordRefresh = (event: TokenRefreshEvent, context: Context) => {
    refreshes.record(event.durationMs / 1000, refreshAttributes(event), context)
  }

  return {
    recordRefresh,
    recordCall(call: FinishedCall, context: Context): void {
      const { result, attempts } = call
      const action = actionAttributes(result)
      const { effect, outcome, code, durationMs } = result
      const how = { 'connector.effect': effect, 'connector.outcome': outcome, 'error.type': code }
      calls.record(durationMs / 1000, present({ ...action, ...how }), context)
      for (const attempt of attempts) {
        const { startedAt, endedAt = startedAt, retry } = attempt
        const attributes = requestAttributes(attempt, attempt === attempts.at(-1) ? code : undefined)
        requests.record((endedAt - startedAt) / 1000, attributes, context)
        if (!retry) continue
        const why = { ...action, 'error.type': retry.reason }
        retries.add(1, why, context)
        waits.record(retry.delayMs / 1000, why, context)
      }
      for (const { event } of call.refreshes) recordRefresh(event, context)
      if (call.drifts > 0) drifts.add(call.drifts, action, context)
    },
  }
}
