import type { AuthContext } from '../auth/authenticator.ts'
import type { ConnectorError } from '../errors/connector-error.ts'
import { aborted } from '../errors/aborted.ts'
import { TimeoutError } from '../errors/errors.ts'
import { backoffAfter } from './backoff.ts'
import { emit } from './events.ts'
import {
  exchange,
  type HttpCall,
  type HttpOptions,
  type HttpReply,
  isRedirect,
  requestEvent,
} from './exchange.ts'
import { allowMoreTime } from './failure.ts'

/** Sends calls under one credential: authorization, retries, renewal after a 401, redirects. */
export class HttpClient {
  readonly #options: HttpOptions

  constructor(options: HttpOptions) {
    this.#options = options
  }

  async send(call: HttpCall): Promise<HttpReply> {
    const { authenticator, events, redactor } = this.#options
    let redirected: URL | undefined
    let redirects = 0
    let hasRenewed = false
    for (let attempts = 1; ; attempts++) {
      if (call.deadline.isAborted) throw abortedAfter(attempts - 1)
      const authorization = await this.#authorize(call, attempts, (context) =>
        authenticator.authorize(context),
      )
      let url = redirected ?? call.url
      let options = this.#options
      if (authorization.baseUrl !== undefined) {
        const { rebase } = await import('./rebase.ts')
        ;({ url, options } = rebase({ asked: url, redirected }, authorization.baseUrl, options))
      }
      const result = await exchange(call, { url, authorization, attempts }, options)
      if ('reply' in result) {
        if (!isRedirect(result.reply.status)) return result.reply
        const { followRedirect } = await import('./redirect.ts')
        redirected = followRedirect(result.reply, { ...call, url, redactor }, redirects++)
        continue
      }
      const { error } = result
      if (error.status === 401 && !hasRenewed && authenticator.onUnauthorized) {
        hasRenewed = true
        const renew = authenticator.onUnauthorized.bind(authenticator)
        if (await this.#authorize(call, attempts + 1, (context) => renew(authorization, context))) continue
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
    const { maxAttempts, maxWaitMs, backoffMs } = this.#options.limits
    if (!error.isRetryable || attempts >= maxAttempts) return undefined
    const { retryAt } = error
    const askedMs = retryAt && Math.max(0, retryAt.getTime() - Date.now())
    if (askedMs !== undefined && askedMs > maxWaitMs) return undefined
    // Callers that were told the same moment must not all come back at it.
    const delayMs = (askedMs ?? 0) + backoffAfter(askedMs === undefined ? attempts : 1, backoffMs)
    return delayMs < call.deadline.leftMs ? delayMs : undefined
  }

  /** Waiting for a token ends with the caller's abort and the call's total time; the renewal itself goes on. */
  #authorize<T>(call: HttpCall, attempts: number, work: (context: AuthContext) => Promise<T>): Promise<T> {
    return call.deadline.run(Number.POSITIVE_INFINITY, async (scope) => {
      try {
        return await scope.race(work(this.#authContext(call, scope.signal)))
      } catch (error) {
        if (scope.reason === undefined) throw error
        throw scope.reason === 'caller' ? abortedAfter(attempts - 1) : noTokenInTime(call)
      }
    })
  }

  #authContext({ action, callId }: HttpCall, signal: AbortSignal): AuthContext {
    const { events, service, redactor } = this.#options
    return {
      signal,
      sendTokenRequest: async (request) => {
        const { sendTokenRequest } = await import('./token-request.ts')
        return sendTokenRequest(request, this.#options)
      },
      onTokenRefresh: (event) => {
        emit(events.onTokenRefresh, { service: service.name, action, callId, ...event })
      },
      protect: (secret) => {
        redactor.add(secret)
      },
    }
  }
}

const abortedAfter = (attempts: number) => aborted(attempts === 0 ? 'not_sent' : 'rejected', attempts)

const noTokenInTime = (call: HttpCall) =>
  new TimeoutError(`No access token within ${call.deadline.totalMs} ms.`, {
    code: 'TIMEOUT',
    outcome: 'not_sent',
    isRetryable: true,
    hint: allowMoreTime,
  })
