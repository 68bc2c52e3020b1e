import type { RateLimit } from '@agent/core'

/** @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit */
export function readGithubRateLimit(headers: Headers): RateLimit | undefined {
  const remaining = numberIn(headers, 'x-ratelimit-remaining')
  if (remaining === undefined) return undefined
  const limit = numberIn(headers, 'x-ratelimit-limit')
  const reset = numberIn(headers, 'x-ratelimit-reset')
  const resource = headers.get('x-ratelimit-resource')
  return {
    remaining,
    ...(limit !== undefined && { limit }),
    ...(reset !== undefined && { resetAt: new Date(reset * 1000) }),
    ...(resource !== null && { resource }),
  }
}

function numberIn(headers: Headers, name: string): number | undefined {
  const value = headers.get(name)
  return value !== null && /^\d{1,12}$/.test(value) ? Number(value) : undefined
}
