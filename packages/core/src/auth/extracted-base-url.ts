import { parseConfiguredUrl } from '../http/destination.ts'

/** The URL without a closing slash; undefined unless it is https (http on loopback) and of an allowed host. */
export function allowedBaseUrl(value: string, allowedHosts: readonly string[]): string | undefined {
  try {
    const url = parseConfiguredUrl('baseUrl', value)
    return allowedHosts.some((allowed) => matches(url.host, allowed.toLowerCase()))
      ? url.href.replace(/\/$/, '')
      : undefined
  } catch {
    return undefined
  }
}

/** `*.` stands for one label or several, never for none. A port other than the scheme's must be allowed too. */
const matches = (host: string, allowed: string) =>
  allowed.startsWith('*.')
    ? host.endsWith(allowed.slice(1)) && host.length > allowed.length - 1
    : host === allowed
