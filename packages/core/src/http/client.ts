import type { AuthContext } from '../auth/authenticator.ts'
import type { ConnectorError } from '../errors/connector-error.ts'
import { AbortError, TimeoutError } from '../errors/errors.ts'
import { backoffMs } from './backoff.ts'
import { emit } from './events.ts'
import { exchange, type HttpCall, type HttpOptions, type HttpReply, requestEvent } from './exchange.ts'
import { followRedirect, isRedirect } from './redirect.ts'
import { sendTokenRequest } from './token-request.ts'

/** Sends calls under one credential: authorization, retries, renewal after a 401, redirects. */
export class HttpClient {
  readonly #options: HttpOptions

  constructor(options: HttpOptions) {
    this.#options = options
  }

  async send(call: HttpCall): Promise<HttpReply> {
    const { authenticator, events } = this.#options
    let url = call.url
    let redirects = 0
    let hasRenewed = false
    for (let attempts = 1; ; attempts++) {
      if (call.deadline.isAborted) throw aborted(attempts - 1)
      const authorization = await this.#authorize(call, (context) => authenticator.authorize(context))
      const result = await exchange(call, { url, authorization, attempts }, this.#options)
      if ('reply' in result) {
        if (!isRedirect(result.reply.status)) return result.reply
        url = followRedirect(result.reply, { ...call, url }, redirects++)
        continue
      }
      const { error } = result
      if (error.status === 401 && !hasRenewed && authenticator.onUnauthorized) {
        hasRenewed = true
        const renew = authenticator.onUnauthorized.bind(authenticator)
        if (await this.#authorize(call, (context) => renew(authorization, context))) continue
      }
      const delayMs = this.#retryDelayMs(error, attempts, call)
      if (delayMs === undefined) throw error
      emit(events.onRetry, {
        ...requestEvent(call, url, attempts, this.#options),
        reason: error.code,
        delayMs,
      })
      await call.deadline.wait(delayMs)
    }
  }

  /** Undefined when another attempt is unsafe, pointless or would come too late. */
  #retryDelayMs(error: ConnectorError, attempts: number, call: HttpCall): number | undefined {
    const { maxAttempts, maxWaitMs } = this.#options.limits
    if (!error.isRetryable || attempts >= maxAttempts) return undefined
    const delayMs = error.retryAt ? Math.max(0, error.retryAt.getTime() - Date.now()) : backoffMs(attempts)
    return delayMs <= maxWaitMs && delayMs < call.deadline.leftMs ? delayMs : undefined
  }

  /** Waiting for a token ends with the caller's abort and the call's total time; the renewal itself goes on. */
  #authorize<T>(call: HttpCall, work: (context: AuthContext) => Promise<T>): Promise<T> {
    return call.deadline.run(Number.POSITIVE_INFINITY, async (scope) => {
      try {
        return await work(this.#authContext(scope.signal))
      } catch (error) {
        throw scope.reason === 'total-timeout' ? noTokenInTime(call) : error
      }
    })
  }

  #authContext(signal: AbortSignal): AuthContext {
    const { events, service, redactor } = this.#options
    return {
      signal,
      sendTokenRequest: (request) => sendTokenRequest(request, this.#options),
      onTokenRefresh: (event) => {
        emit(events.onTokenRefresh, { service, ...event })
      },
      protect: (secret) => {
        redactor.add(secret)
      },
    }
  }
}

const aborted = (attempts: number) =>
  new AbortError('The call was aborted by the caller.', {
    code: 'ABORTED',
    outcome: attempts === 0 ? 'not_sent' : 'rejected',
    attempts,
  })

const noTokenInTime = (call: HttpCall) =>
  new TimeoutError(`No access token within ${call.deadline.totalMs} ms.`, {
    code: 'TIMEOUT',
    outcome: 'not_sent',
    isRetryable: true,
    hint: 'Try again later, or allow more time with totalTimeoutMs.',
  })
