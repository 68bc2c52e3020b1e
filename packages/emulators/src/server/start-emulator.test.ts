import { connect } from 'node:net'
import { once } from 'node:events'
import { Hono } from 'hono'
import type { HttpBindings } from '@hono/node-server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Emulator } from '../emulator.ts'
import { startEmulator } from './start-emulator.ts'

interface Counter {
  count: number
}

let emulator: Emulator<Counter>

async function startCounter(): Promise<Emulator<Counter>> {
  let state: Counter = { count: 0 }
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.get('/count', (c) => c.json(state))
  app.post('/count', (c) => {
    state.count += 1
    return c.json({ count: state.count, padding: 'x'.repeat(200) }, 201)
  })
  app.delete('/count', (c) => {
    state.count = 0
    return c.body(null, 204)
  })
  return await startEmulator({
    app,
    state: () => state,
    reset: () => {
      state = { count: 0 }
    },
    port: 0,
    errorBody: (status, kind, retryAfterSeconds) => ({
      headers: { 'x-kind': kind },
      body: { status, kind, retryAfterSeconds },
    }),
  })
}

beforeEach(async () => {
  emulator = await startCounter()
})

afterEach(async () => {
  await emulator.close()
})

async function post(): Promise<Response> {
  return await fetch(`${emulator.url}/count`, { method: 'POST' })
}

/** The code of the network error a fetch or a body read fails with. */
async function failureCode(promise: Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined
  return cause?.code
}

test('listens on the IPv4 loopback address only', () => {
  expect(emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
})

test('leaves the Request and Response of the process alone', async () => {
  const before = [globalThis.Request, globalThis.Response]
  const another = await startCounter()
  await another.close()
  expect([globalThis.Request, globalThis.Response]).toEqual(before)
})

test('rejects when the port is taken', async () => {
  const { port } = new URL(emulator.url)
  const taken = startEmulator({
    app: new Hono(),
    state: () => ({}),
    reset: () => undefined,
    port: Number(port),
    errorBody: () => ({ headers: {}, body: {} }),
  })
  await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('records method, path, query, headers, parsed bodies and status', async () => {
  const headers = { 'content-type': 'application/json', 'x-trace': 'a' }
  await fetch(`${emulator.url}/count?a=1&b=%20`, { method: 'POST', headers, body: '{"n":1}' })
  await fetch(`${emulator.url}/count`, { method: 'POST', body: new URLSearchParams({ grant: 'x y' }) })
  await fetch(`${emulator.url}/count`, { method: 'POST', headers, body: '{"n":' })
  await fetch(`${emulator.url}/missing`)

  const [json, form, broken, missing] = emulator.requests
  expect(json).toMatchObject({ method: 'POST', path: '/count', query: { a: '1', b: ' ' }, status: 201 })
  expect(json).toMatchObject({ body: { n: 1 }, headers: { 'x-trace': 'a' } })
  expect(form!.body).toEqual({ grant: 'x y' })
  expect(broken!.body).toBe('{"n":')
  expect(missing).toMatchObject({ method: 'GET', path: '/missing', status: 404, body: undefined })
})

test('records the path as it was sent, dot segments included', async () => {
  const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1')
  socket.write('GET /a/../count HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  socket.resume()
  await once(socket, 'close')
  expect(emulator.requests[0]!.path).toBe('/a/../count')
})

test('rate-limited answers 429 with Retry-After in the shape of the service and applies nothing', async () => {
  emulator.addFault({ kind: 'rate-limited', retryAfterSeconds: 7 })
  const response = await post()
  expect(response.status).toBe(429)
  expect(response.headers.get('retry-after')).toBe('7')
  expect(response.headers.get('x-kind')).toBe('rate-limited')
  expect(await response.json()).toEqual({ status: 429, kind: 'rate-limited', retryAfterSeconds: 7 })
  expect(emulator.state.count).toBe(0)
  expect(emulator.requests[0]!.status).toBe(429)
})

test('fails-after-applying answers an error for a write that took place', async () => {
  emulator.addFault({ kind: 'fails-after-applying' })
  emulator.addFault({ kind: 'fails-after-applying', status: 503 })
  const first = await post()
  expect([first.status, await first.json()]).toEqual([500, { status: 500, kind: 'failure' }])
  expect((await post()).status).toBe(503)
  expect(emulator.state.count).toBe(2)
})

test('fails-before-applying answers the given status, headers and body without applying', async () => {
  emulator.addFault({ kind: 'fails-before-applying', status: 403, headers: { 'x-own': '1' }, body: { a: 1 } })
  emulator.addFault({ kind: 'fails-before-applying', status: 502, body: 'bad gateway' })
  emulator.addFault({ kind: 'fails-before-applying', status: 500, body: null })
  const own = await post()
  expect([own.status, own.headers.get('x-own'), await own.json()]).toEqual([403, '1', { a: 1 }])
  const text = await post()
  expect([text.status, await text.text()]).toEqual([502, 'bad gateway'])
  expect(await (await post()).json()).toBeNull()
  expect(emulator.state.count).toBe(0)
})

test('reset closes the connection with a TCP reset, applied or not', async () => {
  emulator.addFault({ kind: 'reset' })
  expect(await failureCode(post())).toBe('ECONNRESET')
  expect(emulator.state.count).toBe(0)

  emulator.addFault({ kind: 'reset', applied: true })
  expect(await failureCode(post())).toBe('ECONNRESET')
  expect(emulator.state.count).toBe(1)
  expect(emulator.requests.map((request) => request.status)).toEqual([undefined, undefined])
})

test('truncated announces the full length and ends the connection early', async () => {
  emulator.addFault({ kind: 'truncated', bytes: 10 })
  const response = await post()
  const whole = JSON.stringify({ count: 1, padding: 'x'.repeat(200) })
  expect(response.status).toBe(201)
  expect(response.headers.get('content-length')).toBe(String(whole.length))

  const reader = response.body!.getReader()
  const first = await reader.read()
  expect(new TextDecoder().decode(first.value)).toBe(whole.slice(0, 10))
  expect(await failureCode(reader.read())).toBe('UND_ERR_SOCKET')
  expect(emulator.state.count).toBe(1)
})

test('truncated sends half by default and never the whole body', async () => {
  emulator.addFault({ kind: 'truncated', times: 2 })
  await expect(post().then((response) => response.text())).rejects.toThrow('terminated')
  emulator.reset()
  emulator.addFault({ kind: 'truncated', bytes: 100_000 })
  await expect(post().then((response) => response.text())).rejects.toThrow('terminated')
})

test('truncated closes without an answer where there is no body to cut', async () => {
  emulator.addFault({ kind: 'truncated' })
  expect(await failureCode(fetch(`${emulator.url}/count`, { method: 'DELETE' }))).toBe('UND_ERR_SOCKET')
})

test('slow delays the answer and trickles the body', async () => {
  emulator.addFault({ kind: 'slow', delayMs: 60, bytesPerSecond: 2_000 })
  const started = performance.now()
  const response = await post()
  const headersAfter = performance.now() - started
  let chunks = 0
  for await (const chunk of response.body!) chunks += chunk.length > 0 ? 1 : 0
  const bodyAfter = performance.now() - started
  expect(headersAfter).toBeGreaterThanOrEqual(50)
  // 223 bytes at 2,000 a second are about 110 ms.
  expect(bodyAfter).toBeGreaterThanOrEqual(150)
  expect(chunks).toBeGreaterThan(1)
  expect(emulator.state.count).toBe(1)
})

test('a client that hangs up on a slow answer does not disturb the next one', async () => {
  emulator.addFault({ kind: 'slow', delayMs: 60_000 })
  const abort = new AbortController()
  const cancelled = fetch(`${emulator.url}/count`, { signal: abort.signal })
  cancelled.catch(() => undefined)
  await vi.waitFor(() => {
    expect(emulator.requests).toHaveLength(1)
  })
  abort.abort()
  await expect(cancelled).rejects.toThrow('aborted')
  expect(await (await fetch(`${emulator.url}/count`)).json()).toEqual({ count: 0 })
})

test('html answers 200 with a page and applies nothing', async () => {
  emulator.addFault({ kind: 'html' })
  const response = await post()
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(await response.text()).toContain('<html>')
  expect(emulator.state.count).toBe(0)
})

test('faults apply to matching requests only, in the order they were added, as often as told', async () => {
  const match = { method: 'post', path: /^\/cou/g }
  emulator.addFault({ kind: 'fails-before-applying', status: 500, match, times: 2 })
  emulator.addFault({ kind: 'fails-before-applying', status: 501, match: { path: '/count' } })
  const statuses: number[] = []
  for (const method of ['GET', 'POST', 'GET', 'POST', 'POST']) {
    statuses.push((await fetch(`${emulator.url}/count`, { method })).status)
  }
  expect(statuses).toEqual([501, 500, 200, 500, 201])
})

test('refuses a fault that would never apply', () => {
  expect(() => {
    emulator.addFault({ kind: 'html', times: 0 })
  }).toThrow(RangeError)
})

test('reset brings back the seed and forgets requests and faults', async () => {
  await post()
  emulator.addFault({ kind: 'html' })
  emulator.reset()
  expect([emulator.state.count, emulator.requests.length]).toEqual([0, 0])
  expect((await post()).status).toBe(201)
})

test('close drops open connections and may be called twice', async () => {
  emulator.addFault({ kind: 'slow', delayMs: 60_000 })
  const pending = failureCode(fetch(`${emulator.url}/count`))
  await expect.poll(() => emulator.requests.length).toBe(1)
  await emulator.close()
  expect(await pending).toBe('UND_ERR_SOCKET')
  await emulator.close()
  expect(await failureCode(fetch(emulator.url))).toBe('ECONNREFUSED')
})
