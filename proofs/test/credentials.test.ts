import { describe, expect, it } from 'vitest'
import { ciphers } from '../src/credentials/ciphers.ts'
import { killPoints } from '../src/credentials/kill-points.ts'
import { kills } from '../src/credentials/kills.ts'
import { manyProcesses } from '../src/credentials/many-processes.ts'
import { grants, parallel } from '../src/credentials/parallel.ts'
import type { ServiceKind } from '../src/credentials/service-process.ts'
import { Slots } from '../src/credentials/slots.ts'
import { skews } from '../src/credentials/skews.ts'
import { reachableKinds } from '../src/credentials/stores.ts'

// The short version of `pnpm prove:credentials`.

const { kinds } = await reachableKinds()

describe('one token request', () => {
  // New installation tokens may be refused for five seconds; the long version waits for that.
  const kindsHere = (Object.keys(grants) as ServiceKind[]).filter((kind) => kind !== 'github-app')
  it.each(kindsHere)('T01 T02 T03 for many calls at expiry and after an early death: %s', async (kind) => {
    const { atExpiry, early, after } = await parallel(kind, { parallel: 200, sequential: 20 })
    expect([...atExpiry.failed, ...early.failed, ...after.failed]).toEqual([])
    expect([atExpiry, early, after].map(({ tokenRequests }) => tokenRequests)).toEqual([1, 1, 0])
  })

  it.each(kinds)('T11 for every early death among four processes: %s', async (kind) => {
    const options = { processes: 4, expiries: 4, calls: 10, concurrency: 5 }
    expect(await manyProcesses(kind, options)).toMatchObject({ tokenRequests: 4, refused: 0, failed: [] })
  })
})

it.each(kinds)('T16 T17 clocks ten minutes off cause no further request: %s', async (kind) => {
  const results = await skews(kind, { processes: 3, expiries: 3, calls: 10, concurrency: 5 })
  for (const result of results) expect(result).toMatchObject({ tokenRequests: 3, refused: 0, failed: [] })
})

// Where the server has carried out the request and the new pair is not yet stored, the old pair is used up.
const gone = ['request-carried-out', 'reply-read', 'new-pair-half-written']

it.each(killPoints)('T09 T12 a process killed at %s loses nothing silently', async (point) => {
  const result = await kills('file', point, { times: 1, lockTtlMs: 500, slots: new Slots(1) })
  const isGone = gone.includes(point)
  expect(result).toMatchObject({
    kills: 1,
    recovered: isGone ? 0 : 1,
    reauthRequired: isGone ? 1 : 0,
    lost: [],
  })
})

it('T37 a damaged, moved or foreign encrypted record is refused, and nothing is in the plain', async () => {
  const { flips, flipsRead, ...rest } = await ciphers()
  expect(flips).toBeGreaterThan(1000)
  expect(flipsRead).toBe(0)
  expect(rest).toEqual({
    wrongKey: 'RECORD_UNDECIPHERABLE',
    otherAccount: 'RECORD_UNDECIPHERABLE',
    leaks: [],
  })
})
