import type { TokenReply, TokenRequest } from '../auth/authenticator.ts'
import { attempt } from './attempt.ts'
import { backoffMs } from './backoff.ts'
import { Deadline } from './deadline.ts'
import { assertDestination } from './destination.ts'
import type { HttpOptions } from './exchange.ts'
import { failureOf } from './failure.ts'
import { followRedirect, isRedirect } from './redirect.ts'

const maxTokenReplyBytes = 1024 * 1024

/**
 * A request to a token endpoint. It outlives the call that caused it, since others wait for the same tokens,
 * and is sent again only when it cannot have arrived: a refresh token may be good for one use.
 */
export async function sendTokenRequest(request: TokenRequest, options: HttpOptions): Promise<TokenReply> {
  const { limits, fetch, title, origins, redactor } = options
  const url = new URL(request.url)
  assertDestination(url, origins)
  const wire = { method: 'POST', url, headers: request.headers, body: request.body }
  const deadline = new Deadline(limits.totalTimeoutMs, undefined)
  for (let attempts = 1; ; attempts++) {
    const context = { subject: `${title} token request`, effect: 'update' as const, attempts, redactor }
    const outcome = await deadline.run(limits.timeoutMs, async (scope) => {
      try {
        return await attempt(wire, { maxBytes: maxTokenReplyBytes, scope, fetch }, () => undefined)
      } catch (error) {
        return { error: failureOf(error, scope, deadline, context) }
      }
    })
    if (!('error' in outcome)) {
      // Throws: a token request is never sent on.
      if (isRedirect(outcome.status)) followRedirect(outcome, { url, effect: 'update', method: 'POST' }, 0)
      return outcome
    }
    if (!outcome.error.isRetryable || attempts >= limits.maxAttempts) throw outcome.error
    await deadline.wait(backoffMs(attempts))
  }
}
