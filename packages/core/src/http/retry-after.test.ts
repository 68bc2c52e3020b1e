import { expect, it } from 'vitest'
import { readRetryAfterMs } from './retry-after.ts'

const now = Date.parse('2026-11-05T12:00:00Z')
const at = 'Thu, 05 Nov 2026 12:00:30 GMT'

it.each([
  ['the local clock where the server tells no time', { 'retry-after': at }, 30_000],
  [
    "the server's clock, 10 minutes behind",
    { 'retry-after': at, date: 'Thu, 05 Nov 2026 11:50:30 GMT' },
    600_000,
  ],
  ['the local clock where the date is no date', { 'retry-after': at, date: 'yesterday' }, 30_000],
])('L02 a date counts from %s', (_, headers, expected) => {
  expect(readRetryAfterMs(new Headers(headers), now)).toBe(expected)
})

it('L03 a date so far off that no clock shows it makes no sense', () => {
  const headers = { 'retry-after': 'Sat, 13 Sep 275760 00:00:00 GMT', date: 'Thu, 01 Jan 1970 00:00:00 GMT' }
  expect(readRetryAfterMs(new Headers(headers), now)).toBeUndefined()
})
