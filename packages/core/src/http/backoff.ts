const capMs = 10_000

/** Full-jitter exponential backoff before attempt `attempt + 1`, in milliseconds. */
export function backoffAfter(attempt: number, baseMs: number): number {
  return Math.round(Math.random() * Math.min(capMs, baseMs * 2 ** (attempt - 1)))
}
