import { Redactor } from '../../http/redactor.ts'
import type { AuthContext } from '../authenticator.ts'
import type { LoginOptions } from './login-options.ts'

/** What a connection lends its authenticator, for a login that has no connection yet. */
export function loginContext(
  urls: readonly URL[],
  { fetch, timeoutMs = 30_000 }: Pick<LoginOptions, 'fetch' | 'timeoutMs'>,
  maxAttempts = 3,
): AuthContext {
  const redactor = new Redactor()
  const options = {
    service: { title: urls[0]?.host ?? '' },
    origins: new Set(urls.map(({ origin }) => origin)),
    limits: { timeoutMs, totalTimeoutMs: 2 * timeoutMs, maxAttempts, backoffMs: 500, maxWaitMs: timeoutMs },
    fetch,
    redactor,
  }
  return {
    async sendTokenRequest(request) {
      const { sendTokenRequest } = await import('../../http/token-request.ts')
      return sendTokenRequest(request, options)
    },
    onTokenRefresh: () => undefined,
    protect: (secret) => {
      redactor.add(secret)
    },
  }
}
