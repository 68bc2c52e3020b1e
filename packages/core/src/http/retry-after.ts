const epochThreshold = 1_000_000_000

/**
 * Wait in milliseconds that a `Retry-After` header asks for: delay seconds or an HTTP date (RFC 9110
 * §10.2.3, its two obsolete forms included), counted from the server's own `Date` where there is one. A date
 * in the past is 0. Undefined where the header is absent or makes no sense, as a wait of decades.
 */
export function readRetryAfterMs(headers: Headers, now: number = Date.now()): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (value === undefined || value === '') return undefined
  if (/^\d+$/.test(value)) {
    const seconds = Number(value)
    return seconds < epochThreshold ? seconds * 1000 : undefined
  }
  const at = parseHttpDate(value)
  if (at === undefined) return undefined
  const serverNow = parseHttpDate(headers.get('date') ?? '') ?? now
  const waitMs = at - serverNow
  return waitMs < epochThreshold * 1000 ? Math.max(0, waitMs) : undefined
}

function parseHttpDate(value: string): number | undefined {
  // A weekday begins all three forms; without the check Date.parse takes "-5" or "1.5" for a date.
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(value)) return undefined
  const at = Date.parse(/gmt|utc|[+-]\d{4}$/i.test(value) ? value : `${value} GMT`)
  return Number.isNaN(at) ? undefined : at
}
