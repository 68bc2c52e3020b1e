import type { ErrorReply, RateLimit, RemoteErrorDetails } from '@agent/core'

const minuteMs = 60_000

/**
 * What GitHub's error bodies and headers say beyond the status. A 403 may be a rate limit.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 * @see https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export function readGithubError(reply: ErrorReply): RemoteErrorDetails {
  const message = textAt(reply.json, 'message')
  const details = { message: withValidation(message, reply.json), issues: readValidation(reply.json) }
  if (reply.status !== 403 && reply.status !== 429) return details
  if (/secondary rate limit|abuse detection/i.test(message ?? '')) {
    const said = { ...details, code: 'RATE_LIMITED' as const, remoteCode: 'secondary' }
    // Without Retry-After GitHub asks for a minute at least.
    return reply.headers.has('retry-after') ? said : { ...said, retryAt: new Date(Date.now() + minuteMs) }
  }
  const rateLimit = readGithubRateLimit(reply.headers)
  if (rateLimit?.remaining === 0 && rateLimit.resetAt) {
    const retryAt = new Date(Math.max(Date.now(), rateLimit.resetAt.getTime()) + 1000)
    return { ...details, code: 'RATE_LIMITED', remoteCode: 'primary', retryAt }
  }
  if (/maximum number of login attempts/i.test(message ?? '')) return { ...details, code: 'AUTH_REJECTED' }
  return { ...details, hint: permissionHint(reply.headers) }
}

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

function permissionHint(headers: Headers): string | undefined {
  const sso = headers.get('x-github-sso')
  if (sso?.startsWith('required'))
    return 'Authorize the token for the organization in GitHub (single sign-on).'
  const permissions = headers.get('x-accepted-github-permissions')
  if (permissions) return `Grant the token ${permissions}.`
  const scopes = headers.get('x-accepted-oauth-scopes')
  return scopes ? `Grant the token one of these scopes: ${scopes}.` : undefined
}

interface ValidationEntry {
  resource?: unknown
  field?: unknown
  code?: unknown
  message?: unknown
}

function entriesOf(json: unknown): readonly (ValidationEntry | string)[] {
  const errors = (json as { errors?: unknown } | null | undefined)?.errors
  if (typeof errors === 'string') return [errors]
  return Array.isArray(errors) ? (errors as (ValidationEntry | string)[]) : []
}

const sentenceOf = (entry: ValidationEntry | string): string =>
  typeof entry === 'string'
    ? entry
    : [entry.message ?? entry.code].filter((part) => typeof part === 'string').join('')

function readValidation(json: unknown): RemoteErrorDetails['issues'] {
  const fields = entriesOf(json).filter((entry) => typeof entry !== 'string')
  if (fields.length === 0) return undefined
  return fields.map((entry) => ({
    path: typeof entry.field === 'string' ? entry.field : '',
    expected: `something else (${sentenceOf(entry)})`,
  }))
}

function withValidation(message: string | undefined, json: unknown): string | undefined {
  const said = entriesOf(json).map((entry) => {
    const field = typeof entry === 'string' || typeof entry.field !== 'string' ? '' : `${entry.field}: `
    return field + sentenceOf(entry)
  })
  return said.length === 0 ? message : `${message ?? 'Invalid'} (${said.join('; ')})`
}

function textAt(json: unknown, key: string): string | undefined {
  const value = typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[key] : undefined
  return typeof value === 'string' ? value : undefined
}

function numberIn(headers: Headers, name: string): number | undefined {
  const value = headers.get(name)
  return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : undefined
}
