import { createMiddleware } from 'hono/factory'
import type { AccessToken, Account, HubspotState, RateLimits, Usage } from '../account/state.ts'
import type { HubspotEnvironment } from './environment.ts'
import { HubspotError } from './hubspot-error.ts'

const oneSecond = 1000
const tenSeconds = 10 * oneSecond
const oneDay = 86_400 * oneSecond

export type LimitName = 'TEN_SECONDLY_ROLLING' | 'DAILY' | 'SECONDLY'

/** Far above HubSpot's own, so that only a test that sets limits meets them. */
export const roomyLimits: RateLimits = { perTenSeconds: 10_000, perDay: 1_000_000, searchPerSecond: 1_000 }

export function emptyUsage(): Usage {
  return { tenSecondsByApp: new Map(), searches: [], day: 0, callsOfDay: 0 }
}

/**
 * Counts a call against the account's limits and tells them in headers. Searches have a limit of their own
 * and no headers; the daily limit does not cover OAuth apps.
 * @see https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 */
export function rateLimits(account: Account) {
  return createMiddleware<HubspotEnvironment>(async (c, next) => {
    const { state } = account
    const token = c.get('token')
    const isSearch = c.req.method === 'POST' && c.req.path.endsWith('/search')
    const exceeded = isSearch ? countSearch(state, account.now()) : countCall(state, token, account.now())
    if (!isSearch) for (const [name, value] of limitHeaders(state, token)) c.header(name, value)
    if (exceeded !== undefined) throw limitExceeded(exceeded)
    await next()
  })
}

export function limitExceeded(limit: LimitName): HubspotError {
  return new HubspotError(429, undefined, `You have reached your ${limit.toLowerCase()} limit.`, {
    errorType: 'RATE_LIMIT',
    policyName: limit,
  })
}

function countSearch({ usage, limits }: HubspotState, now: number): LimitName | undefined {
  usage.searches = usage.searches.filter((time) => time > now - oneSecond)
  if (usage.searches.length >= limits.searchPerSecond) return 'SECONDLY'
  usage.searches.push(now)
  return undefined
}

function countCall({ usage, limits }: HubspotState, token: AccessToken, now: number): LimitName | undefined {
  const calls = callsOf(usage, token).filter((time) => time > now - tenSeconds)
  usage.tenSecondsByApp.set(appOf(token), calls)
  const day = Math.floor(now / oneDay)
  if (day !== usage.day) Object.assign(usage, { day, callsOfDay: 0 })
  if (token.kind !== 'oauth' && usage.callsOfDay >= limits.perDay) return 'DAILY'
  if (calls.length >= limits.perTenSeconds) return 'TEN_SECONDLY_ROLLING'
  calls.push(now)
  if (token.kind !== 'oauth') usage.callsOfDay += 1
  return undefined
}

function limitHeaders({ usage, limits }: HubspotState, token: AccessToken): [string, string][] {
  const left = limits.perTenSeconds - callsOf(usage, token).length
  const headers: [string, number][] = [
    ['X-HubSpot-RateLimit-Max', limits.perTenSeconds],
    ['X-HubSpot-RateLimit-Remaining', left],
    ['X-HubSpot-RateLimit-Interval-Milliseconds', tenSeconds],
  ]
  if (token.kind !== 'oauth') {
    headers.push(
      ['X-HubSpot-RateLimit-Daily', limits.perDay],
      ['X-HubSpot-RateLimit-Daily-Remaining', limits.perDay - usage.callsOfDay],
    )
  }
  return headers.map(([name, value]) => [name, String(value)])
}

function callsOf(usage: Usage, token: AccessToken): number[] {
  return usage.tenSecondsByApp.get(appOf(token)) ?? []
}

// Tokens of one OAuth app share its window; a key is an app by itself.
function appOf({ clientId, token }: AccessToken): string {
  return clientId ?? token
}
