import { parseConfiguredUrl } from './destination.ts'
import type { HttpOptions } from './exchange.ts'

/**
 * A request as it goes to the base URL that its credential came with: what follows the configured base URL is
 * kept, and the new origin, no other, is trusted too. Where a redirect has led (`redirected`), it stays.
 * Throws ConfigError (`CONFIG_INVALID`) for a base URL that no app could configure either.
 */
export function rebase(
  { asked, redirected }: { asked: URL; redirected: URL | undefined },
  baseUrl: string,
  options: HttpOptions,
): { url: URL; options: HttpOptions } {
  const url = parseConfiguredUrl('baseUrl', baseUrl)
  const trusting = { ...options, origins: new Set([...options.origins, url.origin]) }
  if (redirected) return { url: redirected, options: trusting }
  url.pathname = pathOf(url) + asked.pathname.slice(pathOf(options.baseUrl).length)
  url.search = asked.search
  return { url, options: trusting }
}

const pathOf = ({ pathname }: URL) => pathname.replace(/\/$/, '')
