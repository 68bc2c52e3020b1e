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
  | 'REAUTH_REQUIRED'
  | 'TOKEN_ENDPOINT_FAILED'
  | 'TOKEN_PERSIST_FAILED'
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
  cause?: Error | undefined
}

const kinds = Symbol.for('@agent/core/error-kinds')

const kindsOf = (value: unknown): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return []
  const found = (value as Record<symbol, unknown>)[kinds]
  return Array.isArray(found) ? found : []
}

/**
 * Base of every error this library throws. Safe to log: it holds no request, no response and no credential.
 * Use `ConnectorError.isInstance(error)` rather than `instanceof`: it also knows errors of another copy of
 * this package.
 */
export class ConnectorError extends Error {
  static readonly kind: string = 'ConnectorError'

  readonly code: ErrorCode
  readonly outcome: Outcome
  readonly isRetryable: boolean
  readonly attempts: number
  // `declare`: an absent detail is no property at all, so that printed errors stay short.
  declare readonly hint?: string
  declare readonly status?: number
  declare readonly requestId?: string
  /** When a retry may succeed. */
  declare readonly retryAt?: Date
  declare readonly issues?: readonly Issue[]
  declare readonly remoteCode?: string

  constructor(message: string, options: ConnectorErrorOptions) {
    super(message, options.cause ? { cause: options.cause } : undefined)
    const { kind } = new.target
    Object.defineProperty(this, 'name', { value: kind, configurable: true })
    Object.defineProperty(this, kinds, { value: kindChain(new.target) })
    this.code = options.code
    this.outcome = options.outcome
    this.isRetryable = options.isRetryable ?? false
    this.attempts = options.attempts ?? 0
    if (options.hint !== undefined) this.hint = options.hint
    if (options.status !== undefined) this.status = options.status
    if (options.requestId !== undefined) this.requestId = options.requestId
    if (options.retryAt !== undefined) this.retryAt = options.retryAt
    if (options.issues !== undefined) this.issues = options.issues
    if (options.remoteCode !== undefined) this.remoteCode = options.remoteCode
  }

  static isInstance<Class extends (abstract new (...args: never[]) => ConnectorError) & { kind: string }>(
    this: Class,
    error: unknown,
  ): error is InstanceType<Class> {
    return kindsOf(error).includes(this.kind)
  }

  toJSON(): Record<string, unknown> {
    const {
      name,
      message,
      code,
      outcome,
      isRetryable,
      attempts,
      hint,
      status,
      requestId,
      issues,
      remoteCode,
    } = this
    const retryAt = this.retryAt?.toISOString()
    return {
      name,
      message,
      code,
      outcome,
      isRetryable,
      attempts,
      hint,
      status,
      requestId,
      retryAt,
      issues,
      remoteCode,
    }
  }
}

function kindChain(start: typeof ConnectorError): string[] {
  const chain: string[] = []
  let current: unknown = start
  while (typeof current === 'function' && 'kind' in current) {
    if (typeof current.kind === 'string' && !chain.includes(current.kind)) chain.push(current.kind)
    current = Object.getPrototypeOf(current)
  }
  return chain
}
