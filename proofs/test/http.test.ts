import { expect, it } from 'vitest'
import { bomb } from '../src/http/bombs.ts'
import { writesOnEmulator } from '../src/http/emulator-faults.ts'
import { fuzzedBodies } from '../src/http/fuzzed-bodies.ts'
import { leaks } from '../src/http/leaks.ts'
import { pathFuzz } from '../src/http/path-fuzz.ts'
import { redirects } from '../src/http/redirects.ts'
import { soak } from '../src/http/soak.ts'
import { readsUnderFaults, writesUnderFaults } from '../src/http/under-faults.ts'
import { absurdWaits } from '../src/http/waits.ts'

// The short version of `pnpm prove:http`.

it.each([
  ['a fault server', () => writesUnderFaults({ calls: 150, lanes: 16 })],
  ['the GitHub emulator', () => writesOnEmulator({ calls: 150, lanes: 8 })],
])('X02 X03 L01 no write is doubled or mislabelled: %s', async (_, run) => {
  const { outcomes, duplicates, falseSuccesses, wrong } = await run()
  expect({ duplicates, falseSuccesses, wrong }).toEqual({ duplicates: 0, falseSuccesses: 0, wrong: [] })
  expect(Object.keys(outcomes).sort()).toEqual(['rejected', 'success', 'unknown'])
})

it('X02 X03 X09 reads get through, with the right answer', async () => {
  const { calls, succeeded, wrong } = await readsUnderFaults({ calls: 150, lanes: 16 })
  expect(wrong).toBe(0)
  expect(succeeded / calls).toBeGreaterThan(0.98)
})

it('S01 S02 S06 no sink shows a credential that the service repeats', async () => {
  const { found, combinations } = await leaks({
    alphabets: ['awkward'],
    authKinds: ['bearer'],
    encodings: ['plain', 'Basic', 'form-encoded', 'JSON-escaped'],
  })
  expect(found).toEqual([])
  expect(combinations).toBeGreaterThan(1000)
})

it('S06 no error of a connector shows a credential in a body of any shape', async () => {
  const { found, withSecret } = await fuzzedBodies({ bodies: 200 })
  expect(found).toEqual([])
  expect(withSecret).toBeGreaterThan(100)
})

it('X16 A05 no text leaves its place in the path or the query', async () => {
  const { escapes, refused } = await pathFuzz({ strings: 450 })
  expect(escapes).toEqual([])
  expect(refused).toBeGreaterThan(10)
})

it('X11 X12 X13 redirects are followed for reads, on the same origin', async () => {
  const { wrong, offOrigin, followed } = await redirects()
  expect({ wrong, offOrigin }).toEqual({ wrong: [], offOrigin: 0 })
  expect(followed).toBe(20)
})

it('X07 a bomb ends in an error', async () => {
  const { code } = await bomb('gzip', { decodedBytes: 50_000_000, maxResponseBytes: 1024 * 1024 })
  expect(code).toBe('REPLY_TOO_LARGE')
})

it('L03 a wait of any length gives a date or nothing', async () => {
  expect((await absurdWaits()).wrong).toEqual([])
})

it('X21 X23 nothing is left behind by calls that fail', async () => {
  const { handles, unhandled, crashes } = await soak({ calls: 150, lanes: 16 })
  expect({ unhandled, crashes }).toEqual({ unhandled: 0, crashes: 0 })
  expect(handles[1]).toBeLessThanOrEqual(handles[0])
})
