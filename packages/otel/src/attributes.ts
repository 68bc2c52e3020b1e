import type { CallEvent, RequestEvent } from '@agent/core'
import type { Attributes } from '@opentelemetry/api'
import type { Attempt } from './call-record.ts'
import { present } from './present.ts'

/** Fit to be labels of a metric, since their values are few. */
export const actionAttributes = ({ service, action }: Pick<CallEvent, 'service' | 'action'>): Attributes => ({
  'connector.service': service,
  'connector.action': action,
})

/** What HTTP client spans and metrics share. */
export function requestAttributes(attempt: Attempt, code: string | undefined): Attributes {
  const { request, response } = attempt
  return present({
    'http.request.method': request.method,
    ...serverAttributes(request.url),
    'http.response.status_code': response?.status,
    'error.type': errorTypeOf(attempt, code),
  })
}

/** @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/server/ */
export function serverAttributes(url: string): Attributes {
  const { hostname, port, protocol } = new URL(url)
  return {
    'server.address': hostname,
    'server.port': port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port),
  }
}

/**
 * The status of an answer that says failure, else the code of the error that the attempt led to.
 *
 * @param code Of the call's error, for its last attempt.
 */
function errorTypeOf({ response, retry }: Attempt, code: string | undefined): string | undefined {
  if (!response) return retry?.reason ?? code
  if (response.status >= 400) return String(response.status)
  return retry?.reason ?? (code === 'REPLY_INVALID' ? code : undefined)
}

/** A URL whose query tells which parameters were sent, and none of their values, which may be private. */
export function withoutQueryValues({ url }: RequestEvent): string {
  const clean = new URL(url)
  for (const name of new Set(clean.searchParams.keys())) clean.searchParams.set(name, 'REDACTED')
  return clean.href
}
