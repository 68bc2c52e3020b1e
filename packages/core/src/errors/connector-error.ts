import { defined } from './defined.ts'

/**
 * What became of the request on the service's side.
 * `not_sent`: nothing left this process. `rejected`: the service refused it. `applied`: it took effect.
 * `unknown`: it may have taken effect; check before doing it again.
 */
export type Outcome = 'not_sent' | 'rejected' | 'applied' | 'unknown'

export type ErrorCode =
  | 'CONFIG_INVALID'
  | 'INPUT_INVALID'
  | 'ACTION_UNKNOWN'
  | 'ABORTED'
  | 'AUTH_REJECTED'
  | 'AUTHORIZATION_DENIED'
  | 'AUTHORIZATION_EXPIRED'
  | 'AUTHORIZATION_INVALID'
  | 'REAUTH_REQUIRED'
  | 'TOKEN_ENDPOINT_FAILED'
  | 'TOKEN_PERSIST_FAILED'
  | 'STORE_UNAVAILABLE'
  | 'STORE_LOCKED'
  | 'STORE_INSECURE'
  | 'RECORD_MISSING'
  | 'RECORD_MISMATCH'
  | 'RECORD_UNREADABLE'
  | 'RECORD_UNDECIPHERABLE'
  | 'PERMISSION_DENIED'
  | 'RATE_LIMITED'
  | 'QUOTA_EXHAUSTED'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'REQUEST_REJECTED'
  | 'SERVER_ERROR'
  | 'CONNECTION_FAILED'
  | 'TIMEOUT'
  | 'REPLY_INVALID'
  | 'REPLY_TOO_LARGE'
  | 'REPLY_DRIFTED'
  | 'REDIRECT_BLOCKED'
  | 'DESTINATION_BLOCKED'
  | 'OUTCOME_UNKNOWN'

/** One thing wrong with a value: where it is and what was expected there. Never holds the value. */
export interface Issue {
  path: string
  expected: string
}

export interface ConnectorErrorOptions {
  code: ErrorCode
  outcome: Outcome
  /** What to do next, in one sentence. */
  hint?: string | undefined
  isRetryable?: boolean | undefined
  status?: number | undefined
  requestId?: string | undefined
  attempts?: number | undefined
  retryAt?: Date | undefined
  issues?: readonly Issue[] | undefined
  /** The service's own name for the error, such as HubSpot's `category`. */
  remoteCode?: string | undefined
  /** Another error of this library; others may hold what must not show. */
  cause?: ConnectorError | undefined
}

const kinds = Symbol.for('@agent/core/error-kinds')

/**
 * Base of every error this library throws. Safe to log: it holds no request, no response and no credential.
 * Use `ConnectorError.isInstance(error)` rather than `instanceof`: it also knows errors of another copy of
 * this package.
 */
export class ConnectorError extends Error {
  static readonly kind: string = 'ConnectorError'

  // `declare`: an absent detail is no property at all, so that printed errors stay short.
  declare readonly code: ErrorCode
  declare readonly outcome: Outcome
  /** True when sending the same call again is safe and may help. */
  declare readonly isRetryable: boolean
  declare readonly attempts: number
  declare readonly hint?: string
  declare readonly status?: number
  declare readonly requestId?: string
  /** When a retry may succeed. */
  declare readonly retryAt?: Date
  declare readonly issues?: readonly Issue[]
  declare readonly remoteCode?: string

  constructor(message: string, options: ConnectorErrorOptions) {
    const { code, outcome, isRetryable = false, attempts = 0, cause, ...details } = options
    super(message, cause && { cause })
    Object.defineProperty(this, 'name', { value: new.target.kind, configurable: true })
    Object.defineProperty(this, kinds, { value: kindChain(new.target) })
    Object.assign(this, { code, outcome, isRetryable, attempts, ...defined(details) })
  }

  static isInstance<Class extends (abstract new (...args: never[]) => ConnectorError) & { kind: string }>(
    this: Class,
    error: unknown,
  ): error is InstanceType<Class> {
    const found = (Object(error) as { [kinds]?: unknown })[kinds]
    return Array.isArray(found) && found.includes(this.kind)
  }

  toJSON(): Record<string, unknown> {
    return { name: this.name, message: this.message, ...Object.fromEntries(Object.entries(this)) }
  }
}

/** Names of a class and of those above it, up to ConnectorError. */
function kindChain(Class: Partial<typeof ConnectorError>): string[] {
  const above = Object.getPrototypeOf(Class) as Partial<typeof ConnectorError>
  return Class.kind === undefined ? [] : [Class.kind, ...kindChain(above)]
}
