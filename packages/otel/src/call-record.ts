import type {
  CallEvent,
  RequestEvent,
  ResponseEvent,
  ResultEvent,
  RetryEvent,
  TokenRefreshEvent,
} from '@agent/core'
import type { Context } from '@opentelemetry/api'
import { type Clock, startClock } from './clock.ts'

/** One request of a call. Times are milliseconds since the epoch. */
export interface Attempt {
  request: RequestEvent
  startedAt: number
  /** Undefined while it is under way. */
  endedAt?: number
  /** Absent where no whole answer came. */
  response?: ResponseEvent
  /** Absent where the call did not wait for another attempt. */
  retry?: RetryEvent
}

interface Refresh {
  event: TokenRefreshEvent
  endedAt: number
}

/** What is known so far of one call. */
export interface CallRecord {
  /** What was active when the call began. */
  parent: Context
  clock: Clock
  startedAt: number
  attempts: Attempt[]
  refreshes: Refresh[]
  drifts: number
}

export interface FinishedCall extends CallRecord {
  result: ResultEvent
  endedAt: number
}

// A call that ends by a defect, with no ConnectorError, is never told to have ended.
const maxRecords = 10_000

/** Collects the events of calls under way. A call is described when it is over, for only then all is known. */
export class CallRecords {
  readonly #records = new Map<string, CallRecord>()
  readonly #activeContext: () => Context

  constructor(activeContext: () => Context) {
    this.#activeContext = activeContext
  }

  started(call: CallEvent): void {
    const record = {
      parent: this.#activeContext(),
      clock: startClock(),
      attempts: [],
      refreshes: [],
      drifts: 0,
    }
    this.#records.set(keyOf(call), { ...record, startedAt: record.clock() })
    const [oldest] = this.#records.keys()
    if (this.#records.size > maxRecords && oldest !== undefined) this.#records.delete(oldest)
  }

  requested(request: RequestEvent): void {
    const record = this.#recordOf(request)
    record?.attempts.push({ request, startedAt: record.clock() })
  }

  responded(response: ResponseEvent): void {
    const record = this.#recordOf(response)
    const attempt = record?.attempts.at(-1)
    if (attempt) Object.assign(attempt, { response, endedAt: record?.clock() })
  }

  retried(retry: RetryEvent): void {
    const record = this.#recordOf(retry)
    const attempt = record?.attempts.at(-1)
    // One that got no answer is over when the next is decided on.
    if (attempt) Object.assign(attempt, { retry, endedAt: attempt.endedAt ?? record?.clock() })
  }

  drifted(call: CallEvent): void {
    const record = this.#recordOf(call)
    if (record) record.drifts += 1
  }

  /** False when the call that asked first did not wait for the end of it. */
  refreshed(event: TokenRefreshEvent): boolean {
    const record = this.#recordOf(event)
    record?.refreshes.push({ event, endedAt: record.clock() })
    return record !== undefined
  }

  /** Undefined for a call whose start was not seen. */
  finished(result: ResultEvent): FinishedCall | undefined {
    const record = this.#recordOf(result)
    if (!record) return undefined
    this.#records.delete(keyOf(result))
    const endedAt = record.clock()
    const last = record.attempts.at(-1)
    if (last) last.endedAt ??= endedAt
    return { ...record, result, endedAt }
  }

  #recordOf(call: CallEvent): CallRecord | undefined {
    return this.#records.get(keyOf(call))
  }
}

const keyOf = ({ service, callId }: CallEvent) => `${service} ${callId}`
