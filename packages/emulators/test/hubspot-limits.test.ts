import { expect, test } from 'vitest'
import { defaultHubspotSeed } from '../src/hubspot/seed/default-seed.ts'
import type { HubspotSeed } from '../src/hubspot/seed/hubspot-seed.ts'
import { requests, startHubspot } from './hubspot-requests.ts'

const contacts = '/crm/objects/2026-09/contacts'

async function startWithLimits(limits: NonNullable<HubspotSeed['limits']>) {
  const clock = { now: Date.UTC(2026, 10, 22, 12) }
  const emulator = await startHubspot({ seed: { ...defaultHubspotSeed, limits }, now: () => clock.now })
  return { emulator, clock }
}

test('the ten-second window rolls with the clock, per app, and is told in headers', async () => {
  const { emulator, clock } = await startWithLimits({ perTenSeconds: 2 })
  const call = requests(emulator)
  const first = await call('GET', contacts)
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'x-hubspot-ratelimit-max': '2',
    'x-hubspot-ratelimit-remaining': '1',
    'x-hubspot-ratelimit-interval-milliseconds': '10000',
    'x-hubspot-ratelimit-daily': '1000000',
  })
  clock.now += 6_000
  await call('POST', contacts, { properties: { nonsense: '1' } })
  const over = await call('POST', contacts, { properties: { firstname: 'Over' } })
  expect(over).toMatchObject({
    status: 429,
    body: {
      policyName: 'TEN_SECONDLY_ROLLING',
      message: 'You have reached your ten_secondly_rolling limit.',
    },
  })
  expect([over.headers.get('x-hubspot-ratelimit-remaining'), over.headers.get('retry-after')]).toEqual([
    '0',
    null,
  ])
  expect(emulator.state.objects.contacts.size).toBe(5)
  expect((await requests(emulator, 'test-private-app-token')('GET', contacts)).status).toBe(200)
  clock.now += 4_000
  expect((await call('GET', contacts)).status).toBe(200)
  expect((await call('GET', contacts)).status).toBe(429)
})

test('the daily limit ends at midnight and leaves OAuth apps alone', async () => {
  const { emulator, clock } = await startWithLimits({ perDay: 1 })
  const call = requests(emulator)
  await call('GET', contacts)
  expect(await call('GET', contacts)).toMatchObject({ status: 429, body: { policyName: 'DAILY' } })
  const oauth = await requests(emulator, 'test-access-token')('GET', contacts)
  expect([oauth.status, oauth.headers.has('x-hubspot-ratelimit-daily')]).toEqual([200, false])
  clock.now += 12 * 3_600_000
  expect((await call('GET', contacts)).status).toBe(200)
})

test('searches have a limit of their own, per second, and no headers', async () => {
  const { emulator, clock } = await startWithLimits({ perTenSeconds: 1, searchPerSecond: 2 })
  const search = () => requests(emulator)('POST', `${contacts}/search`, {})
  expect((await search()).headers.has('x-hubspot-ratelimit-max')).toBe(false)
  await search()
  expect(await search()).toMatchObject({
    status: 429,
    body: { policyName: 'SECONDLY', message: 'You have reached your secondly limit.' },
  })
  clock.now += 1_000
  expect((await search()).status).toBe(200)
})

test('faults answer in the shape of HubSpot', async () => {
  const { emulator } = await startWithLimits({})
  const call = requests(emulator)
  emulator.addFault({ kind: 'fails-before-applying', status: 403, match: { method: 'DELETE' } })
  const refused = await call('DELETE', `${contacts}/301`)
  expect(refused).toMatchObject({ status: 403, body: { category: 'MISSING_SCOPES' } })
  emulator.addFault({ kind: 'rate-limited', retryAfterSeconds: 3 })
  emulator.addFault({ kind: 'fails-after-applying', status: 502 })
  const limited = await call('GET', contacts)
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '3'])
  expect(limited.body).toMatchObject({ status: 'error', policyName: 'TEN_SECONDLY_ROLLING' })
  const failed = await call('POST', contacts, { properties: { firstname: 'Kept' } })
  expect(failed).toMatchObject({ status: 502, body: { status: 'error', message: 'internal error' } })
  expect(emulator.state.objects.contacts.size).toBe(6)
})
