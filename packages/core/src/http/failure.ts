import type { Effect } from '../action/effect.ts'
import type { ConnectorErrorOptions, ErrorCode } from '../errors/connector-error.ts'
import { aborted } from '../errors/aborted.ts'
import { ConnectorError } from '../errors/connector-error.ts'
import {
  AuthRejectedError,
  OutcomeUnknownError,
  PermissionError,
  ProtocolError,
  QuotaExhaustedError,
  RateLimitError,
  RemoteError,
  ResponseTooLargeError,
  TimeoutError,
  TransportError,
} from '../errors/errors.ts'
import { BodyTooLarge } from './body.ts'
import type { Deadline, Scope } from './deadline.ts'
import type { Redactor } from './redactor.ts'
import type { ErrorReply, RemoteErrorDetails } from './remote-error.ts'
import { readRetryAfterMs } from './retry-after.ts'
import { readTransportFailure } from './transport-failure.ts'

/** The request an error speaks of. */
export interface FailureContext {
  /** As in "GitHub issues.create". */
  subject: string
  effect: Effect
  attempts: number
  requestId?: string | undefined
  status?: number | undefined
  redactor: Redactor
}

export const allowMoreTime = 'Try again later, or allow more time with timeoutMs and totalTimeoutMs.'

const unknownHint = 'It was not sent again. Look whether it took effect before repeating it.'

/**
 * A write that may have been applied must not look like something to retry; a read that failed has changed
 * nothing. So `isRetryable` on the result means: sending it again is safe and may help.
 */
function lost(
  Class: typeof ConnectorError,
  message: string,
  context: FailureContext,
  options: Omit<ConnectorErrorOptions, 'outcome'>,
): ConnectorError {
  const { subject, effect, attempts, requestId, status } = context
  const known = { attempts, requestId, status, ...options }
  if (effect === 'read')
    return new Class(`${subject} ${message}`, { ...known, outcome: 'unknown', isRetryable: true })
  return new OutcomeUnknownError(`${subject} ${message}; whether it took effect is unknown.`, {
    ...known,
    code: 'OUTCOME_UNKNOWN',
    outcome: 'unknown',
    hint: unknownHint,
  })
}

/** Error of an attempt that ended without a complete answer. */
export function failureOf(
  error: unknown,
  scope: Scope,
  deadline: Deadline,
  context: FailureContext,
): ConnectorError {
  if (ConnectorError.isInstance(error)) return error
  const { subject, effect, attempts, requestId, status } = context
  if (error instanceof BodyTooLarge) {
    const wasApplied = effect !== 'read' && status !== undefined && status < 300
    return new ResponseTooLargeError(`${subject} was answered with more than maxResponseBytes.`, {
      code: 'REPLY_TOO_LARGE',
      outcome: wasApplied ? 'applied' : 'unknown',
      hint: wasApplied ? 'It took effect; do not repeat it.' : 'Ask for less at once, with a smaller limit.',
      attempts,
      requestId,
      status,
    })
  }
  if (scope.reason === 'caller') {
    return aborted('unknown', attempts, effect === 'read' ? undefined : unknownHint)
  }
  if (scope.reason !== undefined) {
    const limit =
      scope.reason === 'total-timeout' ? `${deadline.totalMs} ms in total` : 'the time of one attempt'
    return lost(TimeoutError, `got no complete answer within ${limit}`, context, {
      code: 'TIMEOUT',
      hint: allowMoreTime,
    })
  }
  const { code, wasSent, isPassing, isUndecodable } = readTransportFailure(error)
  if (isUndecodable) return unreadable('a body that cannot be decoded', context)
  const named = code === undefined ? '' : ` (${code})`
  if (!wasSent) {
    return new TransportError(`${subject} could not connect${named}.`, {
      code: 'CONNECTION_FAILED',
      outcome: 'not_sent',
      isRetryable: isPassing,
      hint: isPassing ? 'Check the network and baseUrl.' : "Check the server's certificate.",
      attempts,
    })
  }
  return lost(TransportError, `lost its connection${named}`, context, {
    code: 'CONNECTION_FAILED',
    hint: 'Try again.',
  })
}

/** Error of an answer that says success but cannot be read. */
export function unreadable(problem: string, context: FailureContext): ConnectorError {
  return lost(ProtocolError, `was answered with ${problem}`, context, {
    code: 'REPLY_INVALID',
    hint: 'Check that baseUrl is the API and that no proxy answers in its place.',
  })
}

const passing = new Set([408, 425, 429, 500, 502, 503, 504])

const codes: Readonly<Record<number, ErrorCode>> = {
  401: 'AUTH_REJECTED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  410: 'NOT_FOUND',
  429: 'RATE_LIMITED',
}

const codeByStatus = (status: number) =>
  codes[status] ?? (status >= 500 ? 'SERVER_ERROR' : 'REQUEST_REJECTED')

const byCode: Partial<Record<ErrorCode, readonly [Class: typeof ConnectorError, hint: string]>> = {
  AUTH_REJECTED: [AuthRejectedError, 'Check the credential: it is wrong, expired or revoked.'],
  PERMISSION_DENIED: [PermissionError, 'Grant the credential what this action needs, or use another.'],
  RATE_LIMITED: [RateLimitError, 'Wait until retryAt.'],
  QUOTA_EXHAUSTED: [QuotaExhaustedError, 'Wait until retryAt.'],
  NOT_FOUND: [RemoteError, 'Check the identifiers, and that the credential may see the resource.'],
  CONFLICT: [RemoteError, 'Read the present state first; it differs from what the call expected.'],
  REQUEST_REJECTED: [RemoteError, 'Correct the parameters that the message names.'],
  SERVER_ERROR: [RemoteError, 'Try again later.'],
}

/** Error of an answer whose status is not a success. */
export function rejectionOf(
  reply: ErrorReply,
  details: RemoteErrorDetails,
  context: FailureContext,
): ConnectorError {
  const { status } = reply
  const { subject, effect, redactor } = context
  context.requestId ??= details.requestId && redactor.redact(details.requestId).slice(0, 100)
  const code = details.code ?? codeByStatus(status)
  const said = details.message === undefined ? '' : `: ${redactor.redact(details.message).slice(0, 500)}`
  const remoteCode = details.remoteCode === undefined ? undefined : redactor.redact(details.remoteCode)
  const mayHaveApplied = effect !== 'read' && (status === 408 || code === 'SERVER_ERROR')
  const waitMs = readRetryAfterMs(reply.headers)
  const retryAt = details.retryAt ?? (waitMs === undefined ? undefined : new Date(Date.now() + waitMs))
  if (mayHaveApplied) {
    return lost(RemoteError, `was answered with ${status}${said}`, context, {
      code,
      remoteCode,
    })
  }
  const [Class, hint] = byCode[code] ?? [RemoteError]
  const isRateLimit = code === 'RATE_LIMITED'
  return new Class(`${subject} was refused with ${status}${said}`, {
    code,
    outcome: 'rejected',
    isRetryable: isRateLimit || (effect === 'read' && passing.has(status) && code === codeByStatus(status)),
    hint: details.hint === undefined ? hint : redactor.redact(details.hint),
    status,
    requestId: context.requestId,
    attempts: context.attempts,
    retryAt,
    remoteCode,
    issues: details.issues?.map(({ path, expected }) => ({
      path: redactor.redact(path).slice(0, 100),
      expected: redactor.redact(expected).slice(0, 200),
    })),
  })
}
