import type { MiddlewareHandler } from 'hono'
import type { Fault } from '../../emulator.ts'
import type { RateWindow } from '../state/types.ts'
import { GithubError } from './errors.ts'
import { requestId } from './middleware.ts'
import type { GithubEnv, Scope } from './scope.ts'

const hour = 3_600_000
const minute = 60_000
const guide = '/using-the-rest-api/rate-limits-for-the-rest-api'

export type RateResource = 'core' | 'search'

export interface RateStatus {
  limit: number
  used: number
  remaining: number
  /** Seconds since the epoch. */
  reset: number
}

/** What is left of a resource for the account (not the token) that asks. */
export function rateStatus(scope: Scope, resource: RateResource): RateStatus {
  const limit = limitOf(scope, resource)
  const { used, resetAt } = windowOf(scope, resource)
  return { limit, used, remaining: limit - used, reset: Math.ceil(resetAt / 1000) }
}

/** Counts requests, tells the count in headers, and refuses what goes beyond the primary limit. */
export const limitRate: MiddlewareHandler<GithubEnv> = async (c, next) => {
  const scope = c.get('scope')
  if (c.req.path === '/rate_limit') {
    await next()
    return
  }
  const resource = c.req.path.startsWith('/search/') ? 'search' : 'core'
  const window = windowOf(scope, resource)
  if (window.used >= limitOf(scope, resource)) {
    for (const [name, value] of rateHeaders(scope, resource)) c.header(name, value)
    throw primaryLimitError(scope)
  }
  window.used += 1
  await next()
  // A reader with a token who has the answer already pays nothing.
  if (c.res.status === 304 && scope.viewer) window.used -= 1
  for (const [name, value] of rateHeaders(scope, resource)) c.header(name, value)
}

function rateHeaders(scope: Scope, resource: RateResource): [string, string][] {
  const status = rateStatus(scope, resource)
  const counts = Object.entries(status).map(([name, value]): [string, string] => [
    `x-ratelimit-${name}`,
    String(value),
  ])
  return [...counts, ['x-ratelimit-resource', resource]]
}

function limitOf(scope: Scope, resource: RateResource): number {
  const limits = scope.state.rateLimits
  if (resource === 'search') return limits.search
  return scope.viewer ? limits.core : limits.anonymous
}

function windowOf(scope: Scope, resource: RateResource): RateWindow {
  const key = `${scope.viewer?.account.login ?? 'anonymous'} ${resource}`
  const open = scope.state.rateWindows.get(key)
  if (open && open.resetAt > scope.now) return open
  const window = { used: 0, resetAt: scope.now + (resource === 'search' ? minute : hour) }
  scope.state.rateWindows.set(key, window)
  return window
}

function primaryLimitError(scope: Scope): GithubError {
  const whom = scope.viewer ? `user ID ${scope.viewer.account.id}` : '127.0.0.1'
  const message =
    `API rate limit exceeded for ${whom}. If you reach out to GitHub Support for help, ` +
    `please include the request ID ${requestId()}.`
  return new GithubError(403, message, { documentation_url: `https://docs.github.com/rest${guide}` })
}

const secondaryMessage =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. ' +
  'If you reach out to GitHub Support for help, please include the request ID.'

export function secondaryLimitBody(status: number): Record<string, string> {
  return {
    message: secondaryMessage,
    documentation_url: `https://docs.github.com/rest${guide}#about-secondary-rate-limits`,
    status: String(status),
  }
}

export interface SecondaryLimitOptions {
  /** Omitted sends no `Retry-After`, as the API does at times. */
  retryAfterSeconds?: number
  /** 403 unless told; the API uses either. */
  status?: 403 | 429
}

/**
 * The fault of GitHub's secondary rate limit, which looks like missing permissions but for its text.
 * @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
export function githubSecondaryRateLimit(options: SecondaryLimitOptions = {}): Fault {
  const { retryAfterSeconds, status = 403 } = options
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
  return { kind: 'fails-before-applying', status, headers, body: secondaryLimitBody(status) }
}
