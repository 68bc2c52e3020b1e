import { expect, it } from 'vitest'
import { failure } from '../../../test/failure.ts'
import { gate, type Handler, inTurn, json, reset, serve, silent, status } from '../../../test/serve.ts'
import { type DeviceAuthorizationOptions, startDeviceAuthorization } from '../../index.ts'

const codes = {
  device_code: 'test-device-code-1',
  user_code: 'ABCD-EFGH',
  verification_uri: 'https://example.com/device',
  expires_in: 900,
}
const granted = json({ access_token: 'test-access-1', token_type: 'bearer', scope: 'items' })
const says = (error: string, extra: object = {}) => json({ error, ...extra }, { status: 400 })
const pending = says('authorization_pending')

/** A device whose clock moves only by its own waits. */
async function setUp(
  token: Handler = granted,
  { device = codes, ...changes }: Partial<DeviceAuthorizationOptions> & { device?: object | Handler } = {},
) {
  const clock = { now: Date.parse('2026-11-05T12:00:00Z') }
  const waits: number[] = []
  const first = typeof device === 'function' ? (device as Handler) : json(device)
  const server = await serve((request, wire) => (request.url === '/device' ? first : token)(request, wire))
  const options: DeviceAuthorizationOptions = {
    deviceAuthorizationUrl: `${server.url}/device`,
    tokenUrl: `${server.url}/token`,
    clientId: 'client',
    scope: 'items',
    now: () => clock.now,
    wait: (delayMs) => {
      waits.push(delayMs / 1000)
      clock.now += delayMs
      return Promise.resolve()
    },
    ...changes,
  }
  const polls = () => server.requests.filter(({ url }) => url === '/token')
  return { clock, waits, server, polls, start: () => startDeviceAuthorization(options) }
}

it('T32 asks every five seconds unless told, until the user has approved', async () => {
  const { start, waits, polls, server, clock } = await setUp(inTurn(pending, pending, granted))
  const device = await start()
  expect(device).toMatchObject({
    userCode: 'ABCD-EFGH',
    verificationUri: 'https://example.com/device',
    expiresAt: new Date(clock.now + 900_000),
    intervalMs: 5_000,
  })
  expect(Object.fromEntries(new URLSearchParams(server.requests[0]?.body))).toEqual({
    client_id: 'client',
    scope: 'items',
  })
  const seen: number[] = []
  const tokens = await device.poll({ onPoll: ({ attempt }) => void seen.push(attempt) })
  expect(tokens).toEqual({ accessToken: 'test-access-1', scope: 'items' })
  expect(waits).toEqual([5, 5, 5])
  expect(seen).toEqual([1, 2, 3])
  expect(Object.fromEntries(new URLSearchParams(polls()[0]?.body))).toEqual({
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: 'test-device-code-1',
    client_id: 'client',
  })
})

it.each<[string, Handler[], number[]]>([
  ['slow_down adds five seconds for good', [says('slow_down'), pending, granted], [7, 12, 12]],
  ['slow_down twice adds ten', [says('slow_down'), says('slow_down'), granted], [7, 12, 17]],
  ["GitHub's new interval, with 200", [json({ error: 'slow_down', interval: 20 }), granted], [7, 20]],
  ['a new interval below what five seconds more are', [says('slow_down', { interval: 3 }), granted], [7, 12]],
  ['pending as GitHub says it, with 200', [json({ error: 'authorization_pending' }), granted], [7, 7]],
  ['resets back off and are forgotten', [reset, reset, pending, granted], [7, 14, 28, 7]],
  ['500 backs off', [status(500), granted], [7, 14]],
  ['429 with Retry-After is obeyed', [status(429, { 'retry-after': '40' }), granted], [7, 40]],
])('T32 %s', async (_, answers, expected) => {
  const { start, waits } = await setUp(inTurn(...answers), { device: { ...codes, interval: 7 } })
  const device = await start()
  expect(await device.poll()).toMatchObject({ accessToken: 'test-access-1' })
  expect(waits.map((seconds) => Math.round(seconds))).toEqual(expected)
})

it('T32 a poll that gets no answer in time backs off', async () => {
  const { start, waits } = await setUp(inTurn(silent, granted), { timeoutMs: 200 })
  await (await start()).poll()
  expect(waits).toEqual([5, 10])
})

it('T32 stops when the code expires', async () => {
  const { start, polls } = await setUp(pending, { device: { ...codes, expires_in: 12 } })
  const device = await start()
  expect(await failure(device.poll())).toMatchObject({
    name: 'AuthRejectedError',
    code: 'AUTHORIZATION_EXPIRED',
    outcome: 'not_sent',
  })
  expect(polls()).toHaveLength(2)
})

it.each([
  ['access_denied', 'AUTHORIZATION_DENIED'],
  ['expired_token', 'AUTHORIZATION_EXPIRED'],
  ['invalid_grant', 'AUTHORIZATION_EXPIRED'],
  ['invalid_client', 'AUTH_REJECTED'],
  ['unsupported_grant_type', 'TOKEN_ENDPOINT_FAILED'],
])('T32 %s ends it as %s', async (error, code) => {
  const { start, polls } = await setUp(says(error))
  const failed = await failure((await start()).poll())
  expect(failed).toMatchObject({ code, remoteCode: error, isRetryable: false })
  expect(JSON.stringify(failed)).not.toContain('test-device-code-1')
  expect(polls()).toHaveLength(1)
})

it('T32 an abort ends the waiting at once', async () => {
  const { start, polls } = await setUp(granted, { wait: undefined })
  const device = await start()
  const controller = new AbortController()
  const poll = failure(device.poll({ signal: controller.signal }))
  controller.abort()
  expect(await poll).toMatchObject({ name: 'AbortError', outcome: 'not_sent' })
  expect(await failure(device.poll({ signal: controller.signal }))).toMatchObject({ name: 'AbortError' })
  expect(polls()).toHaveLength(0)
})

it('T32 an abort ends a poll under way', async () => {
  const asked = gate()
  const { start } = await setUp(() => {
    asked.open()
    return new Promise(() => undefined)
  })
  const controller = new AbortController()
  const poll = failure((await start()).poll({ signal: controller.signal }))
  await asked.opened
  controller.abort()
  expect(await poll).toMatchObject({ name: 'AbortError', outcome: 'unknown' })
})

it.each([
  ['no device code', { ...codes, device_code: undefined }],
  ['no expiry', { ...codes, expires_in: undefined }],
  ['an expiry beyond all dates', { ...codes, expires_in: 1e99 }],
  ['a page that is none', { ...codes, verification_uri: 'javascript:alert(1)' }],
  ['a complete page that is none', { ...codes, verification_uri_complete: 'data:text/html,x' }],
  ['an interval that is none', { ...codes, interval: 'soon' }],
])('a server that gives %s is not used', async (_, device) => {
  const { start } = await setUp(granted, { device })
  const error = await failure(start())
  expect(error).toMatchObject({ name: 'ProtocolError', outcome: 'not_sent' })
  expect(JSON.stringify(error)).not.toContain('test-device-code-1')
})

it("knows Google's name of the page", async () => {
  const { verification_uri: verification_url, ...rest } = codes
  const { start } = await setUp(granted, { device: { ...rest, verification_url } })
  expect(await start()).toMatchObject({ verificationUri: 'https://example.com/device' })
})

it('a server that knows no such client says so', async () => {
  const { start } = await setUp(granted, { device: says('unauthorized_client') })
  expect(await failure(start())).toMatchObject({ code: 'AUTH_REJECTED', remoteCode: 'unauthorized_client' })
})
