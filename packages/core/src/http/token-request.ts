import type { TokenReply, TokenRequest } from '../auth/authenticator.ts'
import type { ConnectorError } from '../errors/connector-error.ts'
import { ResponseTooLargeError, TokenEndpointError } from '../errors/errors.ts'
import { attempt } from './attempt.ts'
import { backoffAfter } from './backoff.ts'
import { Deadline } from './deadline.ts'
import { assertDestination } from './destination.ts'
import { type HttpOptions, isRedirect } from './exchange.ts'
import { failureOf } from './failure.ts'
import { followRedirect } from './redirect.ts'

const maxTokenReplyBytes = 1024 * 1024

/**
 * A request to a token endpoint. It outlives the call that caused it, since others wait for the same tokens,
 * and is sent again only when it cannot have arrived: a refresh token may be good for one use.
 */
export async function sendTokenRequest(request: TokenRequest, options: HttpOptions): Promise<TokenReply> {
  const { limits, fetch, service, origins, redactor } = options
  const url = new URL(request.url)
  assertDestination(url, origins)
  const { method = 'POST', headers, body } = request
  const wire = { method, url, headers, body }
  const deadline = new Deadline(limits.totalTimeoutMs, undefined)
  for (let attempts = 1; ; attempts++) {
    const outcome = await deadline.run(limits.timeoutMs, async (scope) => {
      try {
        return await attempt(wire, { maxBytes: maxTokenReplyBytes, scope, fetch }, () => undefined)
      } catch (error) {
        const subject = `${service.title} token request`
        return { error: failureOf(error, scope, deadline, { subject, effect: 'read', attempts, redactor }) }
      }
    })
    if (!('error' in outcome)) {
      // Throws: a token request is never sent on.
      if (isRedirect(outcome.status))
        followRedirect(outcome, { url, effect: 'update', method: 'POST', redactor }, 0)
      return outcome
    }
    const { error } = outcome
    const isSafe = error.outcome === 'not_sent' && error.isRetryable
    if (!isSafe || attempts >= limits.maxAttempts) throw tokenEndpointError(error)
    await deadline.wait(backoffAfter(attempts, limits.backoffMs))
  }
}

/** As the waiting call sees it: of that call nothing was sent, whatever became of the token request. */
function tokenEndpointError(error: ConnectorError): ConnectorError {
  const { message, code, hint, isRetryable } = error
  const options = { hint, isRetryable, outcome: 'not_sent', cause: error } as const
  return ResponseTooLargeError.isInstance(error)
    ? new ResponseTooLargeError(message, { ...options, code })
    : new TokenEndpointError(message, { ...options, code: 'TOKEN_ENDPOINT_FAILED' })
}
