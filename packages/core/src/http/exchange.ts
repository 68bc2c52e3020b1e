import type { Effect } from '../action/effect.ts'
import type { Service } from '../action/service.ts'
import type { Authenticator, Authorization } from '../auth/authenticator.ts'
import type { ConnectorError } from '../errors/connector-error.ts'
import { defined } from '../errors/defined.ts'
import { ConfigError } from '../errors/errors.ts'
import { attempt, type Fetch, type WireReply, type WireRequest } from './attempt.ts'
import type { Deadline } from './deadline.ts'
import { assertDestination } from './destination.ts'
import { type ConnectionEvents, emit, type RateLimit, type RequestEvent } from './events.ts'
import { type FailureContext, failureOf, rejectionOf, unreadable } from './failure.ts'
import { parseJson } from './json.ts'
import type { Redactor } from './redactor.ts'

/** Bounds of every call; milliseconds and bytes. */
export interface HttpLimits {
  /** One attempt, body included. */
  timeoutMs: number
  /** The whole call: attempts, waits and token renewals. */
  totalTimeoutMs: number
  /** Attempts of one call. */
  maxAttempts: number
  /** Most that is waited before the second attempt; doubles with each further one, to 10 s at most. */
  backoffMs: number
  /** A longer wait than this is not waited for: the error with `retryAt` comes at once. */
  maxWaitMs: number
  /** Decoded size of one answer. */
  maxResponseBytes: number
}

export interface HttpOptions {
  service: Service
  baseUrl: URL
  /** Where credentials may go. */
  origins: ReadonlySet<string>
  authenticator: Authenticator
  limits: HttpLimits
  events: ConnectionEvents
  fetch: Fetch | undefined
  redactor: Redactor
}

export interface HttpCall {
  /** `entity.action`. */
  action: string
  callId: number
  effect: Effect
  method: string
  url: URL
  headers: Readonly<Record<string, string>>
  body?: string | undefined
  deadline: Deadline
  timeoutMs: number
}

export interface HttpReply {
  /** What was asked for: below the base URL that the credential goes with, redirects followed. */
  url: URL
  status: number
  headers: Headers
  /** The parsed body; undefined where the service sent none. */
  json: unknown
  requestId: string | undefined
  rateLimit: RateLimit | undefined
  attempts: number
}

/** A whole answer, redirects included, or the typed error that it amounts to. */
export type Exchange = { reply: HttpReply } | { error: ConnectorError }

/** One attempt of a call: guard, send, read, judge. */
export async function exchange(
  call: HttpCall,
  { url, authorization, attempts }: { url: URL; authorization: Authorization; attempts: number },
  options: HttpOptions,
): Promise<Exchange> {
  const { service, events, limits, fetch, redactor } = options
  assertDestination(url, options.origins)
  const request = wireRequest(call, url, authorization, options)
  const event = requestEvent(call, url, attempts, options)
  const context: FailureContext = {
    subject: `${service.title} ${call.action}`,
    effect: call.effect,
    attempts,
    redactor,
  }
  const onStatus = ({ status, headers }: Response) => {
    context.status = status
    const requestId = headers.get(service.requestIdHeader)
    context.requestId = requestId === null ? undefined : redactor.redact(requestId)
  }
  const started = performance.now()
  emit(events.onRequest, event)
  return call.deadline.run(call.timeoutMs, async (scope) => {
    let wire: WireReply
    try {
      wire = await attempt(request, { maxBytes: limits.maxResponseBytes, scope, fetch }, onStatus)
    } catch (error) {
      return { error: failureOf(error, scope, call.deadline, context) }
    }
    const rateLimit = service.readRateLimit?.(wire.headers)
    if (rateLimit?.resource) rateLimit.resource = redactor.redact(rateLimit.resource)
    emit(events.onResponse, {
      ...event,
      status: wire.status,
      durationMs: performance.now() - started,
      ...defined({ requestId: context.requestId, rateLimit }),
    })
    return judge(wire, { url, rateLimit }, context, service)
  })
}

export function requestEvent(call: HttpCall, url: URL, attempts: number, options: HttpOptions): RequestEvent {
  const { action, callId, method } = call
  const { service, redactor } = options
  return { service: service.name, action, callId, method, url: redactor.redact(url.href), attempt: attempts }
}

export const isRedirect = (status: number) => [301, 302, 303, 307, 308].includes(status)

function judge(
  wire: WireReply,
  known: Pick<HttpReply, 'url' | 'rateLimit'>,
  context: FailureContext,
  service: Service,
): Exchange {
  const { status, headers } = wire
  const parsed = parseJson(wire)
  const isSuccess = status >= 200 && status < 300
  if (isSuccess && 'problem' in parsed) return { error: unreadable(parsed.problem, context) }
  const json = 'json' in parsed ? parsed.json : undefined
  if (isSuccess || isRedirect(status)) {
    const { requestId, attempts } = context
    return { reply: { ...known, status, headers, json, requestId, attempts } }
  }
  const reply = { status, headers, json }
  return { error: rejectionOf(reply, service.readError?.(reply) ?? {}, context) }
}

function wireRequest(
  call: HttpCall,
  url: URL,
  authorization: Authorization,
  { service: { credentialsInQuery, title } }: HttpOptions,
): WireRequest {
  const target = new URL(url)
  const query = Object.entries(authorization.query ?? {})
  if (query.length > 0 && !credentialsInQuery) {
    throw new ConfigError(`${title} takes no credential in the query.`, {
      code: 'CONFIG_INVALID',
      outcome: 'not_sent',
      hint: 'Put the credential in a header.',
    })
  }
  for (const [name, secret] of query) target.searchParams.set(name, secret.reveal())
  const { method, body, headers } = call
  return { method, url: target, headers: { ...headers, ...authorization.headers }, body }
}
