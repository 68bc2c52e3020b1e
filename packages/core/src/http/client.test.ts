import { createServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { connectWith } from '../../test/connect-with.ts'
import { createItem, getItem } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import {
  gate,
  inTurn,
  json,
  reset,
  serve,
  silent,
  stalled,
  status,
  text,
  truncated,
  type TestServer,
} from '../../test/serve.ts'
import type { RetryEvent } from './events.ts'

const item = { id: 1, name: 'one' }
const read = { item_id: 1 }
const write = { name: 'one' }
const html = text('<html>down</html>', { headers: { 'content-type': 'text/html' } })

describe('reads', () => {
  const passing = [
    ...[408, 425, 429, 500, 502, 503, 504].map((code) => [String(code), status(code)] as const),
    ['X02 a reset', reset],
    ['X03 a truncated body', truncated()],
    ['X04 invalid JSON', text('{"id":1,', { headers: { 'content-type': 'application/json' } })],
    ['X09 HTML with 200', html],
    ['X08 a body that is not gzip', text('plain', { headers: { 'content-encoding': 'gzip' } })],
  ] as const

  it.each(passing)('are sent again after %s', async (_, fault) => {
    const server = await serve(inTurn(fault, json(item)))
    expect(await connectWith(server).run(getItem, read)).toEqual(item)
    expect(server.requests).toHaveLength(2)
  })

  it.each([
    ['500', status(500), 'RemoteError', 'SERVER_ERROR'],
    ['X02 a reset', reset, 'TransportError', 'CONNECTION_FAILED'],
    ['X03 a truncated body', truncated(), 'TransportError', 'CONNECTION_FAILED'],
    ['X09 HTML', html, 'ProtocolError', 'REPLY_INVALID'],
    [
      'X08 bad gzip',
      text('plain', { headers: { 'content-encoding': 'gzip' } }),
      'ProtocolError',
      'REPLY_INVALID',
    ],
  ] as const)('end with a typed error when %s does not stop', async (_, fault, name, code) => {
    const server = await serve(fault)
    const error = await failure(connectWith(server, { maxAttempts: 3 }).run(getItem, read))
    expect(error).toMatchObject({ name, code, attempts: 3, isRetryable: true })
    expect(error.hint).toBeTruthy()
    expect(error.message).not.toContain('<html>')
    expect(server.requests).toHaveLength(3)
  })

  it.each([400, 403, 404, 409, 410, 422])('are not sent again after %d', async (code) => {
    const server = await serve(status(code))
    const error = await failure(connectWith(server).run(getItem, read))
    expect(error).toMatchObject({ status: code, outcome: 'rejected', isRetryable: false, attempts: 1 })
    expect(server.requests).toHaveLength(1)
  })

  it('X09 refuse an empty answer where one is expected', async () => {
    const server = await serve(text('', { status: 200 }))
    const error = await failure(connectWith(server).run(getItem, read))
    expect(error).toMatchObject({ name: 'ProtocolError', code: 'REPLY_INVALID' })
  })

  it('X09 read JSON in the charset that it declares, and with a byte order mark', async () => {
    const utf16 = Buffer.from('\uFEFF{"id":1,"name":"é"}', 'utf16le')
    const server = await serve(
      inTurn(
        () => new Response(utf16, { headers: { 'content-type': 'application/json; charset=utf-16le' } }),
        text('\uFEFF{"id":1,"name":"é"}', { headers: { 'content-type': 'application/json' } }),
      ),
    )
    const connection = connectWith(server)
    expect(await connection.run(getItem, read)).toEqual({ id: 1, name: 'é' })
    expect(await connection.run(getItem, read)).toEqual({ id: 1, name: 'é' })
  })

  it('X10 keep __proto__ in an answer inert', async () => {
    const server = await serve(
      text('{"__proto__":{"polluted":1},"id":1,"constructor":{"prototype":{"polluted":1}}}', {
        headers: { 'content-type': 'application/json' },
      }),
    )
    expect(await connectWith(server).run(getItem, read)).toEqual({ id: 1 })
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('writes', () => {
  it.each([
    ['X02 a reset', reset],
    ['500', status(500)],
    ['503', status(503)],
    ['408', status(408)],
    ['X03 a truncated 201', truncated(201)],
    ['X04 invalid JSON with 201', text('{"id":1,', { status: 201 })],
    ['X09 HTML with 200', html],
    ['X05 no answer in time', silent],
    ['X05 half an answer in time', stalled()],
  ] as const)('are not sent again after %s', async (_, fault) => {
    const server = await serve(fault)
    const error = await failure(connectWith(server, { timeoutMs: 100 }).run(createItem, write))
    expect(error).toMatchObject({
      name: 'OutcomeUnknownError',
      code: 'OUTCOME_UNKNOWN',
      outcome: 'unknown',
      isRetryable: false,
      attempts: 1,
    })
    expect(error.hint).toContain('not sent again')
    expect(server.requests).toHaveLength(1)
  })

  it('X03 tell the status when the answer broke off', async () => {
    const server = await serve(truncated(201))
    expect(await failure(connectWith(server).run(createItem, write))).toMatchObject({ status: 201 })
  })

  it('L01 are sent again after 429', async () => {
    const server = await serve(inTurn(status(429), json(item, { status: 201 })))
    expect(await connectWith(server).run(createItem, write)).toEqual(item)
    expect(server.requests.map(({ body }) => body)).toEqual(['{"name":"one"}', '{"name":"one"}'])
  })

  it('X01 are sent again after a refused connection', async () => {
    const port = await freePort()
    let opening: Promise<TestServer> | undefined
    const connection = connectWith(
      { url: `http://127.0.0.1:${port}` },
      {
        onRetry: () => {
          opening ??= serve(json(item, { status: 201 }), port)
        },
        backoffMs: 200,
        maxAttempts: 10,
      },
    )
    expect(await connection.run(createItem, write)).toEqual(item)
    expect((await opening)?.requests).toHaveLength(1)
  })

  it('X01 fail as not sent when nobody listens', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    const error = await failure(connectWith({ url }).run(createItem, write))
    expect(error).toMatchObject({
      name: 'TransportError',
      outcome: 'not_sent',
      isRetryable: true,
      attempts: 4,
    })
    expect(error.message).toContain('ECONNREFUSED')
  })

  it('X19 fail at once on a certificate that is not trusted', async () => {
    let calls = 0
    const fetch = () => {
      calls += 1
      const cause = Object.assign(new Error('self-signed certificate'), {
        code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      })
      return Promise.reject(new TypeError('fetch failed', { cause }))
    }
    const error = await failure(connectWith({ url: 'https://127.0.0.1' }, { fetch }).run(createItem, write))
    expect(error).toMatchObject({ name: 'TransportError', outcome: 'not_sent', isRetryable: false })
    expect(calls).toBe(1)
  })
})

describe('Retry-After', () => {
  const date = 'Thu, 05 Nov 2026 12:00:00 GMT'
  it.each([
    ['L01 seconds', { 'retry-after': '86400' }, 86_400_000],
    ['L02 an IMF date', { 'retry-after': 'Thu, 05 Nov 2026 13:00:00 GMT', date }, 3_600_000],
    ['L02 an RFC 850 date', { 'retry-after': 'Thursday, 05-Nov-26 13:00:00 GMT', date }, 3_600_000],
    ['L02 an asctime date', { 'retry-after': 'Thu Nov  5 13:00:00 2026', date }, 3_600_000],
  ])('%s beyond maxWaitMs gives RateLimitError with retryAt at once', async (_, headers, waitMs) => {
    const server = await serve(status(429, headers))
    const before = Date.now()
    const error = await failure(connectWith(server).run(createItem, write))
    expect(error).toMatchObject({
      name: 'RateLimitError',
      code: 'RATE_LIMITED',
      outcome: 'rejected',
      isRetryable: true,
      attempts: 1,
    })
    expect(error.retryAt!.getTime()).toBeGreaterThanOrEqual(before + waitMs)
    expect(error.retryAt!.getTime()).toBeLessThanOrEqual(Date.now() + waitMs)
  })

  it('L01 is waited for', async () => {
    const delays: RetryEvent[] = []
    const server = await serve(inTurn(status(429, { 'retry-after': '1' }), json(item)))
    const started = performance.now()
    await connectWith(server, { onRetry: (event) => delays.push(event) }).run(createItem, write)
    expect(performance.now() - started).toBeGreaterThan(980)
    expect(delays).toMatchObject([{ reason: 'RATE_LIMITED', attempt: 1 }])
  })

  it.each([
    ['L02 a past date', 'Thu, 05 Nov 2020 12:00:00 GMT'],
    ['L03 a negative number', '-5'],
    ['L03 a fraction', '1.5'],
    ['L03 text', 'soon'],
    ['L03 a doubled header', '5, 5'],
    ['L03 an empty one', ''],
  ])('%s does not hold the retry up', async (_, value) => {
    const server = await serve(inTurn(status(429, { 'retry-after': value }), json(item)))
    const delays: number[] = []
    const connection = connectWith(server, { onRetry: ({ delayMs }) => delays.push(delayMs) })
    expect(await connection.run(getItem, read)).toEqual(item)
    expect(delays).toHaveLength(1)
    expect(delays[0]).toBeLessThanOrEqual(1)
  })

  it('L13 spreads callers that were told the same moment', async () => {
    const server = await serve(status(429, { 'retry-after': '0' }))
    const delays: number[] = []
    const connection = connectWith(server, {
      backoffMs: 40,
      maxAttempts: 10,
      onRetry: ({ delayMs }) => delays.push(delayMs),
    })
    await failure(connection.run(getItem, read))
    expect(new Set(delays).size).toBeGreaterThan(1)
    expect(Math.max(...delays)).toBeLessThanOrEqual(40)
  })
})

describe('time limits', () => {
  it.each([
    ['headers', silent],
    ['the body', stalled()],
  ])('X05 timeoutMs covers %s, and reads get another attempt', async (_, fault) => {
    const server = await serve(inTurn(fault, json(item)))
    expect(await connectWith(server, { timeoutMs: 400 }).run(getItem, read)).toEqual(item)
    expect(server.requests).toHaveLength(2)
  })

  it('X05 a body that trickles is cut', async () => {
    const server = await serve((_, { outgoing }) => {
      outgoing.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => outgoing.write(' '), 20)
      outgoing.on('close', () => {
        clearInterval(timer)
      })
      return undefined
    })
    const started = performance.now()
    const error = await failure(connectWith(server, { timeoutMs: 150, maxAttempts: 1 }).run(getItem, read))
    expect(error).toMatchObject({ name: 'TimeoutError', code: 'TIMEOUT' })
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('X05 totalTimeoutMs covers all attempts and ends them with TimeoutError', async () => {
    const server = await serve(silent)
    const started = performance.now()
    const error = await failure(
      connectWith(server, { timeoutMs: 100 }).run(getItem, read, { totalTimeoutMs: 250 }),
    )
    expect(error).toMatchObject({ name: 'TimeoutError', code: 'TIMEOUT', isRetryable: true })
    expect(performance.now() - started).toBeLessThan(2000)
    expect(server.requests.length).toBeGreaterThan(1)
  })

  it('X05 totalTimeoutMs is named as the limit when it is the shorter one', async () => {
    const server = await serve(silent)
    const error = await failure(connectWith(server).run(getItem, read, { totalTimeoutMs: 50 }))
    expect(error.message).toContain('within 50 ms in total')
    expect(server.requests).toHaveLength(1)
  })

  it('one call may set its own', async () => {
    const server = await serve(silent)
    const call = connectWith(server, { maxAttempts: 1 }).run(getItem, read, { timeoutMs: 50 })
    expect(await failure(call)).toMatchObject({ name: 'TimeoutError', attempts: 1 })
  })

  it('hold with a fetch that ignores its signal', async () => {
    const fetch = () => new Promise<Response>(() => undefined)
    const call = connectWith({ url: 'https://127.0.0.1' }, { fetch, timeoutMs: 50, maxAttempts: 1 })
    expect(await failure(call.run(getItem, read))).toMatchObject({ name: 'TimeoutError' })
  })
})

describe('size cap', () => {
  const options = { maxResponseBytes: 100_000 }

  it('X06 ends an answer that does not end, and closes the socket', async () => {
    const closed = gate()
    const server = await serve((_, { outgoing }) => {
      outgoing.writeHead(200, { 'content-type': 'application/json' })
      const pump = () => {
        while (!outgoing.destroyed && outgoing.write(' '.repeat(10_000)));
      }
      outgoing.on('drain', pump)
      outgoing.on('close', closed.open)
      pump()
      return undefined
    })
    const error = await failure(connectWith(server, options).run(getItem, read))
    expect(error).toMatchObject({ name: 'ResponseTooLargeError', code: 'REPLY_TOO_LARGE', attempts: 1 })
    await closed.opened
  })

  it('X07 counts decoded bytes', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20))
    expect(bomb.byteLength).toBeLessThan(100_000)
    const server = await serve(
      () =>
        new Response(bomb, { headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } }),
    )
    const error = await failure(connectWith(server, options).run(getItem, read))
    expect(error.code).toBe('REPLY_TOO_LARGE')
    expect(server.requests).toHaveLength(1)
  })

  it('tells of a write that it took effect', async () => {
    const server = await serve(text(' '.repeat(200_000), { status: 201 }))
    const error = await failure(connectWith(server, options).run(createItem, write))
    expect(error).toMatchObject({ name: 'ResponseTooLargeError', outcome: 'applied', isRetryable: false })
  })

  it('does not say so of a write that was refused', async () => {
    const server = await serve(text(' '.repeat(200_000), { status: 422 }))
    const error = await failure(connectWith(server, options).run(createItem, write))
    expect(error.outcome).not.toBe('applied')
  })
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}
