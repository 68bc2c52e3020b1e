import type { ErrorReply, RemoteErrorDetails } from '@agent/core'
import { permissionHint, scopeHint } from './permission-hint.ts'
import { readGithubRateLimit } from './rate-limit.ts'
import { readValidation, withValidation } from './validation.ts'

const minuteMs = 60_000

/**
 * What GitHub's error bodies and headers say beyond the status. A 403 may be a rate limit.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export function readGithubError(reply: ErrorReply): RemoteErrorDetails {
  const { status, json } = reply
  const message = messageOf(json)
  const details = { message: withValidation(message, json), issues: readValidation(json) }
  const limit = readExceededLimit(reply, message)
  if (limit) return { ...details, ...limit }
  if (status === 403 && /maximum number of login attempts/i.test(message ?? '')) {
    return { ...details, code: 'AUTH_REJECTED' }
  }
  return { ...details, hint: hintFor(reply, details.message) }
}

/**
 * A rate limit, where the refusal is one. GitHub refuses with 403 or 429 alike.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
function readExceededLimit(
  { status, headers }: ErrorReply,
  message = '',
): Pick<RemoteErrorDetails, 'code' | 'remoteCode' | 'retryAt'> | undefined {
  if (status !== 403 && status !== 429) return undefined
  const isSecondary = /secondary rate limit|abuse detection/i.test(message)
  const rateLimit = readGithubRateLimit(headers)
  // Nothing left is no proof by itself: the last request of the hour may lack a permission.
  const isPrimary =
    !isSecondary && rateLimit?.remaining === 0 && (status === 429 || /rate limit/i.test(message))
  const asksToWait = headers.has('retry-after')
  if (!isSecondary && !isPrimary && !asksToWait && status !== 429) return undefined

  const said = { code: 'RATE_LIMITED', remoteCode: isPrimary ? 'primary' : 'secondary' } as const
  if (asksToWait) return said
  const { remaining, resetAt } = rateLimit ?? {}
  // A secondary limit without Retry-After asks for a minute at least.
  const resumesAt = remaining === 0 && resetAt ? resetAt.getTime() + 1000 : Date.now() + minuteMs
  return { ...said, retryAt: new Date(Math.max(Date.now() + 1000, resumesAt)) }
}

function hintFor({ status, headers }: ErrorReply, message = ''): string | undefined {
  switch (status) {
    case 400:
      if (!/api[- ]version/i.test(message)) return undefined
      return 'Set apiVersion to one that this server knows; an older Enterprise Server knows 2022-11-28.'
    case 403:
      return permissionHint(headers)
    case 404:
      return scopeHint(headers)
    case 405:
      return 'Read the pull request first: whether it is open, mergeable and allows this merge_method.'
    case 410:
      return 'It was deleted, or the repository has this feature switched off; do not try again.'
    default:
      return undefined
  }
}

function messageOf(json: unknown): string | undefined {
  const message = (json as { message?: unknown } | null | undefined)?.message
  return typeof message === 'string' ? message : undefined
}
