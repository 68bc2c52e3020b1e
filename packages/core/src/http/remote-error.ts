import type { ErrorCode } from '../errors/connector-error.ts'

/** An answer that is not a success, as a service's `readError` sees it. */
export interface ErrorReply {
  status: number
  headers: Headers
  /** The parsed body; undefined where it is not JSON. */
  json: unknown
}

/** What a service knows about its own errors; each field overrides what the status alone would say. */
export interface RemoteErrorDetails {
  code?: ErrorCode | undefined
  /** The service's own sentence. Credentials in it are redacted and it is cut to 500 characters. */
  message?: string | undefined
  hint?: string | undefined
  /** When a retry may succeed. */
  retryAt?: Date | undefined
  remoteCode?: string | undefined
  /** Where the body alone has it; the header wins. */
  requestId?: string | undefined
  issues?: readonly { path: string; expected: string }[] | undefined
}
