import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  bearer,
  connect,
  type Connection,
  ConnectorError,
  defineAction,
  defineService,
  path,
} from '@agent/core'
import fc from 'fast-check'
import * as z from 'zod'
import { naughtyParts } from './naughty.ts'

const service = defineService({
  name: 'proof',
  title: 'Proof',
  baseUrl: 'https://api.example.com',
  auth: () => z.custom<ReturnType<typeof bearer>>(),
  authenticate: (authenticator) => authenticator,
  headers: () => ({ 'user-agent': 'proof' }),
  requestIdHeader: 'x-request-id',
})

const text = () => z.string().describe('A text.')

const probe = /* @__PURE__ */ defineAction({
  name: 'probes.send',
  summary: 'Send a probe.',
  effect: 'read',
  permissions: { scopes: [] },
  source: 'https://example.com/docs',
  input: () => z.strictObject({ first: text(), second: text(), q: text() }),
  output: () => z.object({ id: z.number() }),
  request: ({ first, second, q }) => ({
    method: 'GET',
    path: path`/a/${first}/b/${second}.json`,
    query: { q, list: [q, 'end'], fixed: 'yes' },
  }),
})

interface Probe {
  first: string
  second: string
  q: string
}

/** What arrived: the request line as it was sent, and the host it was sent to. */
interface Arrived {
  target: string
  host: string
}

export interface PathFuzzOptions {
  /** Strings made; three to a call. */
  strings: number
  seed?: number
  /** Every how-many-th call goes over a socket; the others end at `fetch`. */
  wireEvery?: number
}

const anyText = () =>
  fc.oneof(
    fc.string({
      unit: fc.oneof(fc.constantFrom(...naughtyParts), fc.string({ unit: 'binary', maxLength: 2 })),
      maxLength: 6,
    }),
    fc.constantFrom(...naughtyParts),
    fc.string({
      unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'f', '5', 'c', '?', '#', '@', ':'),
      maxLength: 12,
    }),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
      .map((units) => String.fromCharCode(...units)),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  )

/** Hostile texts as parameters of a path and a query: what arrives has the template's shape, or nothing is sent. */
export async function pathFuzz({ strings, seed = 6, wireEvery = 20 }: PathFuzzOptions) {
  const sink = new RequestSink()
  await sink.listen()
  const options = { auth: bearer({ token: 'test-token-1' }), maxAttempts: 1 }
  const overWire = connect(service, { ...options, baseUrl: `${sink.url}/v3` })
  const atFetch = connect(service, {
    ...options,
    baseUrl: `${sink.url}/v3`,
    fetch: ({ url }) => {
      const { host, pathname, search, hash } = new URL(url)
      sink.arrived = { host, target: pathname + search + hash }
      return Promise.resolve(Response.json({ id: 1 }))
    },
  })
  const escapes: string[] = []
  let calls = 0
  let refused = 0
  const started = performance.now()
  const probes = fc.record({ first: anyText(), second: anyText(), q: anyText() })
  const numRuns = Math.ceil(strings / 3)
  try {
    await fc.assert(
      fc.asyncProperty(probes, async (sent) => {
        const connection = calls % wireEvery === 0 ? overWire : atFetch
        calls += 1
        sink.arrived = undefined
        const problem = await problemOf(connection, sent, sink)
        if (problem === 'refused') refused += 1
        else if (problem !== undefined) escapes.push(`${problem}: ${JSON.stringify(sent)}`)
      }),
      { numRuns, seed, endOnFailure: true },
    )
  } finally {
    sink.close()
  }
  return { strings: calls * 3, calls, refused, escapes, seconds: (performance.now() - started) / 1000 }
}

async function problemOf(
  connection: Connection,
  sent: Probe,
  sink: RequestSink,
): Promise<string | undefined> {
  try {
    await connection.run(probe, sent)
  } catch (error) {
    if (!ConnectorError.isInstance(error)) return `crash, ${String(error)}`
    if (error.code !== 'INPUT_INVALID' || error.outcome !== 'not_sent')
      return `not a refusal, ${error.message}`
    return sink.arrived ? 'refused, but sent' : 'refused'
  }
  const { arrived } = sink
  if (!arrived) return 'nothing arrived'
  if (arrived.host !== new URL(sink.url).host) return `another host, ${arrived.host}`
  return shapeProblem(arrived.target, sent)
}

/** Read by hand, not by the parser that wrote it. */
function shapeProblem(target: string, { first, second, q }: Probe): string | undefined {
  const [pathname = '', query = '', ...more] = target.split('?')
  const segments = pathname.split('/').slice(1)
  const expected = ['v3', 'a', encodeURIComponent(first), 'b', `${encodeURIComponent(second)}.json`]
  // Old WHATWG parsers keep the quote, newer ones encode it; both mean it.
  const same = (one: string, other: string | undefined) => one === other?.replaceAll('%27', "'")
  if (segments.length !== 5 || !expected.every((segment, index) => same(segment, segments[index])))
    return `another path, ${pathname}`
  if (more.length > 0 || target.includes('#')) return `more than a query, ${target}`
  const pairs = query.split('&').map((pair) => pair.split('=').map(decodeForm))
  // Half a surrogate pair has no UTF-8: a query carries the replacement character, as forms of browsers do.
  const arrives = q.toWellFormed()
  const wanted = [
    ['q', arrives],
    ['list', `${arrives},end`],
    ['fixed', 'yes'],
  ]
  return JSON.stringify(pairs) === JSON.stringify(wanted) ? undefined : `another query, ${query}`
}

const decodeForm = (part: string) => decodeURIComponent(part.replaceAll('+', ' '))

class RequestSink {
  arrived: Arrived | undefined
  readonly #server = createServer((request, response) => {
    this.arrived = { target: request.url ?? '', host: request.headers.host ?? '' }
    response.setHeader('content-type', 'application/json')
    response.end('{"id":1}')
  })

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}
