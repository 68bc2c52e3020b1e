import type { TokenReply, TokenRequest } from '../auth/authenticator.ts'
import type { ConnectorError } from '../errors/connector-error.ts'
import { ResponseTooLargeError, TokenEndpointError } from '../errors/errors.ts'
import { attempt, type Fetch } from './attempt.ts'
import { backoffAfter } from './backoff.ts'
import { Deadline } from './deadline.ts'
import { assertDestination } from './destination.ts'
import { type HttpLimits, isRedirect } from './exchange.ts'
import { failureOf } from './failure.ts'
import { followRedirect } from './redirect.ts'
import type { Redactor } from './redactor.ts'
import { readRetryAfterMs } from './retry-after.ts'

/** What token requests borrow from a connection, or from a login that has none. */
export interface TokenRequestOptions {
  service: { title: string }
  /** Where credentials may go. */
  origins: ReadonlySet<string>
  limits: Omit<HttpLimits, 'maxResponseBytes'>
  fetch: Fetch | undefined
  redactor: Redactor
}

const maxTokenReplyBytes = 1024 * 1024
const maxTokenAttempts = 3

// With these the server says that it did not do it; with the others a proxy may speak for a server that did.
const refused = new Set([429, 500, 503])
const unclear = new Set([408, 502, 504])

/**
 * A request to a token endpoint. It outlives the call that caused it, since others wait for the same tokens.
 * It is sent again, three times in all at most, when it cannot have arrived, when the answer says that nothing
 * was done (429, 500, 503), and after any passing failure if it is repeatable. An answer that asks for a longer
 * wait than `maxWaitMs` is returned at once.
 */
export async function sendTokenRequest(
  request: TokenRequest,
  options: TokenRequestOptions,
): Promise<TokenReply> {
  const { limits, origins, redactor } = options
  const url = new URL(request.url)
  assertDestination(url, origins)
  const deadline = new Deadline(limits.totalTimeoutMs, undefined)
  for (let attempts = 1; ; attempts++) {
    const outcome = await sendOnce(request, { url, deadline, attempts }, options)
    const delayMs = worthAnother(outcome, request) ? delayAfter(outcome, attempts, limits) : undefined
    if (delayMs !== undefined && delayMs < deadline.leftMs) {
      await deadline.wait(delayMs)
      continue
    }
    if ('error' in outcome) throw tokenEndpointError(outcome.error)
    // Throws: a token request is never sent on.
    if (isRedirect(outcome.status))
      followRedirect(outcome, { url, effect: 'update', method: 'POST', redactor }, 0)
    return outcome
  }
}

type TokenOutcome = TokenReply | { error: ConnectorError }

function sendOnce(
  { method = 'POST', headers, body }: TokenRequest,
  { url, deadline, attempts }: { url: URL; deadline: Deadline; attempts: number },
  { limits, fetch, service, redactor }: TokenRequestOptions,
): Promise<TokenOutcome> {
  return deadline.run(limits.timeoutMs, async (scope) => {
    try {
      const wire = { method, url, headers, body }
      return await attempt(wire, { maxBytes: maxTokenReplyBytes, scope, fetch }, () => undefined)
    } catch (error) {
      const subject = `${service.title} token request`
      return { error: failureOf(error, scope, deadline, { subject, effect: 'read', attempts, redactor }) }
    }
  })
}

function worthAnother(outcome: TokenOutcome, { isRepeatable = false }: TokenRequest): boolean {
  if (!('error' in outcome))
    return refused.has(outcome.status) || (isRepeatable && unclear.has(outcome.status))
  const { error } = outcome
  return error.isRetryable && (isRepeatable || error.outcome === 'not_sent')
}

/** Undefined when it was the last attempt, or the server asks for more patience than there is. */
function delayAfter(
  outcome: TokenOutcome,
  attempts: number,
  limits: TokenRequestOptions['limits'],
): number | undefined {
  const { maxAttempts, maxWaitMs, backoffMs } = limits
  if (attempts >= Math.min(maxAttempts, maxTokenAttempts)) return undefined
  const askedMs = 'error' in outcome ? undefined : readRetryAfterMs(outcome.headers)
  if (askedMs !== undefined && askedMs > maxWaitMs) return undefined
  return (askedMs ?? 0) + backoffAfter(askedMs === undefined ? attempts : 1, backoffMs)
}

/** As the waiting call sees it: of that call nothing was sent, whatever became of the token request. */
function tokenEndpointError(error: ConnectorError): ConnectorError {
  const { message, code, hint, isRetryable } = error
  const options = { hint, isRetryable, outcome: 'not_sent', cause: error } as const
  return ResponseTooLargeError.isInstance(error)
    ? new ResponseTooLargeError(message, { ...options, code })
    : new TokenEndpointError(message, { ...options, code: 'TOKEN_ENDPOINT_FAILED' })
}
