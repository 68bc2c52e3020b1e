import { ConnectorError, type Issue } from '../errors/connector-error.ts'
import type { HttpClient } from '../http/client.ts'
import { defined } from '../errors/defined.ts'
import { Deadline } from '../http/deadline.ts'
import { type ConnectionEvents, emit } from '../http/events.ts'
import type { HttpLimits, HttpReply } from '../http/exchange.ts'
import type { Redactor } from '../http/redactor.ts'
import type { AnyAction } from './define-action.ts'
import { driftError, type DriftPolicy } from './read-output.ts'
import { type ActionRequest, bodyOf, urlOf } from './request.ts'
import type { CallOptions } from './result.ts'
import { printable } from './schema-issues.ts'

/** What a call borrows from its connection. */
export interface CallContext {
  service: string
  baseUrl: URL
  http: HttpClient
  limits: HttpLimits
  headers: Readonly<Record<string, string>>
  drift: DriftPolicy
  events: ConnectionEvents
  redactor: Redactor
  options: CallOptions
}

/** One call under way. */
export interface ActionCall {
  send: (request: ActionRequest) => Promise<HttpReply>
  /** Told of a field of the answer that does not fit its schema. */
  report: (issue: Issue) => void
}

/** Runs one call of an action: its time limits, its id, and the event that tells how it ended. */
export async function runCall<T>(
  action: AnyAction,
  callId: number,
  context: CallContext,
  work: (call: ActionCall) => Promise<T>,
): Promise<T> {
  const { http, limits, events, redactor, options, service, drift } = context
  const { effect } = action
  const event = { service, action: action.name, callId }
  const deadline = new Deadline(options.totalTimeoutMs ?? limits.totalTimeoutMs, options.signal)
  const started = performance.now()
  let last: { attempts: number; requestId?: string | undefined } = { attempts: 0 }
  const call: ActionCall = {
    async send(request) {
      const hasBody = request.body !== undefined
      const reply = await http.send({
        action: action.name,
        callId,
        effect,
        method: request.method,
        url: urlOf(request, context.baseUrl),
        headers: hasBody ? { ...context.headers, 'content-type': 'application/json' } : context.headers,
        body: bodyOf(request),
        deadline,
        timeoutMs: options.timeoutMs ?? limits.timeoutMs,
      })
      last = reply
      return reply
    },
    report({ path, expected }) {
      // A name in an answer is the service's own, too.
      const issue = { path: printable(redactor.redact(path)), expected }
      if (drift === 'error') throw driftError(action, issue)
      emit(events.onDrift, { ...event, ...issue })
    },
  }
  const ended = ({ attempts, requestId } = last) => ({
    ...event,
    effect,
    durationMs: performance.now() - started,
    attempts,
    ...defined({ requestId }),
  })
  emit(events.onCall, event)
  try {
    const result = await work(call)
    emit(events.onResult, { ...ended(), outcome: 'applied' })
    return result
  } catch (error) {
    if (ConnectorError.isInstance(error)) {
      const { code, outcome } = error
      // An error of reading an answer that came knows nothing of the request.
      emit(events.onResult, { ...ended(error.attempts > 0 ? error : last), outcome, code })
    }
    throw error
  }
}
