import { ConfigError, DestinationBlockedError } from '../errors/errors.ts'
import { quote } from '../errors/quote.ts'

/** True for `localhost`, 127.0.0.0/8 and ::1. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

const isSafeScheme = (url: URL) =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))

/**
 * A URL of the app's settings. Throws ConfigError (`CONFIG_INVALID`) unless it is absolute, over HTTPS
 * (plain HTTP on loopback alone) and without user info, query and fragment.
 */
export function parseConfiguredUrl(field: string, value: string | URL): URL {
  const expected = 'an absolute https URL without user info, query or fragment'
  const url = URL.parse(value)
  if (url && isSafeScheme(url) && url.username + url.password + url.search + url.hash === '') return url
  const reason = url?.protocol === 'http:' ? ' Plain http is only for loopback addresses.' : ''
  throw new ConfigError(`Invalid ${field}: expected ${expected}.${reason}`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: `Set ${field} to something like "https://api.example.com".`,
    issues: [{ path: field, expected }],
  })
}

/** Credentials travel only to declared origins, over HTTPS or loopback. */
export function assertDestination(url: URL, origins: ReadonlySet<string>): void {
  if (origins.has(url.origin) && isSafeScheme(url) && url.username + url.password === '') return
  throw new DestinationBlockedError(`Blocked: ${quote(url.origin)} is not an origin of this service.`, {
    code: 'DESTINATION_BLOCKED',
    outcome: 'not_sent',
    hint: `Allowed: ${[...origins].join(', ')}. Another server is chosen by the app with baseUrl.`,
  })
}
