import type { RateLimit } from '../http/events.ts'

/** What is known about an answer beyond its data. */
export interface ResultMeta {
  /** The service's id for the request, for its support. */
  requestId?: string
  rateLimit?: RateLimit
}

export interface PageMeta extends ResultMeta {
  /** Absent on the last page. */
  nextCursor?: string
  /** Items in all pages, where the service says so. */
  totalCount?: number
}

export interface CallOptions {
  /** Aborts the call; it then rejects with AbortError. */
  signal?: AbortSignal | undefined
  /** Time for one attempt, in milliseconds. */
  timeoutMs?: number | undefined
  /** Time for the whole call, waits included, in milliseconds. */
  totalTimeoutMs?: number | undefined
  /** Bounds a walk over a list; a walk without it takes everything. */
  maxItems?: number | undefined
}
