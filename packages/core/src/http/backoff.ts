const baseMs = 500
const capMs = 10_000

/** Full-jitter exponential backoff before attempt `attempt + 1`, in milliseconds. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  return Math.round(random() * Math.min(capMs, baseMs * 2 ** (attempt - 1)))
}
