import type { RateLimit, RemoteErrorDetails } from '@agent/core'
import type { HubspotErrorBody } from './error-body.ts'

const secondMs = 1000
const windowMs = 10 * secondMs
const dayMs = 86_400 * secondMs

/**
 * Which limit a 429 speaks of, and when it ends: that of ten seconds, that of searches in one second, or the
 * daily one.
 *
 * @see https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 */
export function readLimit(headers: Headers, body: HubspotErrorBody): RemoteErrorDetails {
  const { policyName, message = '' } = body
  const named = /(?<ten>ten_?secondly)|(?<second>secondly)|(?<day>daily)/i.exec(policyName ?? message)?.groups
  if (named?.['day'] !== undefined) {
    const midnight = Math.ceil((Date.now() + 1) / dayMs) * dayMs
    return { code: 'QUOTA_EXHAUSTED', ...end(headers, midnight), hint: dailyHint }
  }
  const waitMs = named?.['second'] === undefined ? intervalOf(headers) : secondMs
  return { code: 'RATE_LIMITED', ...(named && end(headers, Date.now() + waitMs)) }
}

// HubSpot resets at midnight in the account's time zone, which the answer does not tell.
const dailyHint =
  "The daily limit ends at midnight in the account's time zone; retryAt is midnight UTC. Spend fewer calls, or raise the limit."

/** A Retry-After of the service itself is better than what is known in general. */
function end(headers: Headers, at: number): { retryAt?: Date } {
  return headers.has('retry-after') ? {} : { retryAt: new Date(at) }
}

/**
 * The tighter of the limits that HubSpot's headers tell: that of ten seconds, or the daily one. Searches and
 * OAuth apps have no daily headers, searches none at all.
 *
 * @see https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 */
export function readHubspotRateLimit(headers: Headers): RateLimit | undefined {
  const window = readBucket(headers, 'max', 'remaining')
  const day = readBucket(headers, 'daily', 'daily-remaining')
  if (day && day.remaining < (window?.remaining ?? Number.POSITIVE_INFINITY)) {
    return { ...day, resource: 'daily' }
  }
  return (
    window && { ...window, resource: 'ten-secondly', resetAt: new Date(Date.now() + intervalOf(headers)) }
  )
}

function readBucket(headers: Headers, limitName: string, remainingName: string) {
  const remaining = numberIn(headers, remainingName)
  const limit = numberIn(headers, limitName)
  return remaining === undefined ? undefined : { remaining, ...(limit !== undefined && { limit }) }
}

const intervalOf = (headers: Headers) => numberIn(headers, 'interval-milliseconds') ?? windowMs

function numberIn(headers: Headers, name: string): number | undefined {
  const value = headers.get(`x-hubspot-ratelimit-${name}`)
  return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : undefined
}
