import { timingSafeEqual } from 'node:crypto'

/** Takes the same time wherever the texts differ. */
export function isSecretEqual(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
