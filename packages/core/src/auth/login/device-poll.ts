import { aborted } from '../../errors/aborted.ts'
import { ConnectorError } from '../../errors/connector-error.ts'
import { AuthRejectedError, TokenEndpointError } from '../../errors/errors.ts'
import { Deadline } from '../../http/deadline.ts'
import { tokensForApp } from '../held-tokens.ts'
import type { OAuth2Tokens } from '../oauth2.ts'
import type { Secret } from '../secret.ts'
import type { GrantContext } from '../token-endpoint.ts'
import type { Refusal } from '../token-refusal.ts'
import type { DeviceAuthorizationOptions, DevicePollOptions } from './device.ts'
import { deviceTokens } from './login-grants.ts'

const slowDownMs = 5_000
const maxBackoffMs = 60_000

interface DevicePollState {
  deviceCode: Secret
  /** Milliseconds since the epoch. */
  expiresAt: number
  intervalMs: number
  given: GrantContext
  wait: DeviceAuthorizationOptions['wait']
}

/** Asks for the tokens of a device until the user has decided. */
export class DevicePoll {
  readonly #state: Readonly<DevicePollState>
  /** Only ever grows. */
  #intervalMs: number
  #failures = 0

  constructor(state: DevicePollState) {
    this.#state = state
    this.#intervalMs = state.intervalMs
  }

  async run({ signal, onPoll }: DevicePollOptions = {}): Promise<OAuth2Tokens> {
    const { given, expiresAt, wait = waitFor } = this.#state
    let askedMs = 0
    for (let attempt = 1; ; attempt++) {
      const waitedMs = Math.max(this.#delayMs(), askedMs)
      // What comes after the end would be refused; the user code is as good as gone.
      if (given.now() + waitedMs >= expiresAt) throw expired()
      if (!signal?.aborted) await wait(waitedMs, signal)
      if (signal?.aborted) throw aborted('not_sent')
      onPoll?.({ attempt, waitedMs })
      const answer = await endingWith(signal, this.#ask())
      if ('tokens' in answer) return answer.tokens
      askedMs = answer.askedMs
    }
  }

  #delayMs(): number {
    const backoffMs = Math.min(maxBackoffMs, this.#intervalMs * 2 ** this.#failures)
    return Math.max(this.#intervalMs, backoffMs)
  }

  async #ask(): Promise<{ tokens: OAuth2Tokens } | { askedMs: number }> {
    const { deviceCode, given } = this.#state
    const refusal = (refused: Refusal) => this.#judge(refused)
    try {
      return { tokens: tokensForApp(await deviceTokens(deviceCode, { ...given, refusal })) }
    } catch (error) {
      if (Pending.isInstance(error)) {
        this.#failures = 0
        return { askedMs: 0 }
      }
      if (!TokenEndpointError.isInstance(error) || !error.isRetryable) throw error
      this.#failures += 1
      return { askedMs: error.retryAt === undefined ? 0 : error.retryAt.getTime() - Date.now() }
    }
  }

  #judge({ remoteCode, status, body }: Refusal): ConnectorError | undefined {
    if (remoteCode === 'authorization_pending') return new Pending()
    if (remoteCode === 'slow_down') {
      const { interval } = body ?? {}
      const toldMs = typeof interval === 'number' && Number.isFinite(interval) ? interval * 1000 : 0
      this.#intervalMs = Math.max(this.#intervalMs + slowDownMs, toldMs)
      return new Pending()
    }
    // A code that is not known any more has expired, or was used by a poll whose answer was lost.
    if (remoteCode === 'expired_token' || remoteCode === 'invalid_grant') return expired(remoteCode, status)
    if (remoteCode !== 'access_denied') return undefined
    return new AuthRejectedError('The user did not grant access.', {
      code: 'AUTHORIZATION_DENIED',
      outcome: 'not_sent',
      hint: 'Ask the user, and start again if access is wanted after all.',
      status,
      remoteCode,
    })
  }
}

/** The user has not decided. Never leaves this file. */
class Pending extends ConnectorError {
  static override readonly kind: string = 'AuthorizationPending'

  constructor() {
    super('The user has not decided yet.', { code: 'AUTHORIZATION_INVALID', outcome: 'not_sent' })
  }
}

const expired = (remoteCode?: string, status?: number) =>
  new AuthRejectedError('The user took too long: the device code has expired.', {
    code: 'AUTHORIZATION_EXPIRED',
    outcome: 'not_sent',
    hint: 'Start again, with a new startDeviceAuthorization.',
    remoteCode,
    status,
  })

const waitFor = (delayMs: number, signal: AbortSignal | undefined) =>
  new Deadline(delayMs, signal).wait(delayMs)

/** The answer, or AbortError as soon as the signal fires; what the request brings then is dropped. */
async function endingWith<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (!signal) return work
  const ended = Promise.withResolvers<never>()
  const end = () => {
    ended.reject(aborted('unknown', 1, 'Start again, with a new startDeviceAuthorization.'))
  }
  signal.addEventListener('abort', end, { once: true })
  try {
    return await Promise.race([work, ended.promise])
  } finally {
    signal.removeEventListener('abort', end)
  }
}
