const fiveMinutesMs = 5 * 60_000

/** How long before expiry a token is renewed: 5 minutes, or a tenth of its life when that is shorter. */
export function renewalWindowMs(lifetimeMs: number): number {
  return Math.min(fiveMinutesMs, Math.max(0, lifetimeMs) / 10)
}

/**
 * Seconds of life as token endpoints write them: a number or a numeric string. Undefined when absent, which
 * means unknown; NaN when it makes no sense.
 */
export function readExpiresIn(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined
  const seconds = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  const tenYears = 10 * 365 * 24 * 3600
  return typeof seconds === 'number' && seconds >= 0 && seconds <= tenYears ? seconds : Number.NaN
}
