import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { onTestFinished } from 'vitest'

/** A request as the server got it. */
export interface Received {
  method: string
  /** Path and query as sent. */
  url: string
  headers: Headers
  body: string
}

/** The raw sides of one exchange, for answers that break the protocol. */
interface Wire {
  incoming: IncomingMessage
  outgoing: ServerResponse
}

/** Answers a request; `undefined` when it wrote to the wire itself. */
export type Handler = (request: Received, wire: Wire) => Response | undefined | Promise<Response | undefined>

export interface TestServer {
  url: string
  /** Every request so far. */
  requests: Received[]
  close: () => Promise<void>
}

/** A server on a free loopback port that records its requests and closes after the test. */
export async function serve(handler: Handler, port = 0): Promise<TestServer> {
  const requests: Received[] = []
  const server = createAdaptorServer({
    // The code under test must meet the platform's own Response.
    overrideGlobalObjects: false,
    async fetch(request, bindings) {
      const { pathname, search } = new URL(request.url)
      const { method, headers } = request
      const received = { method, url: pathname + search, headers, body: await request.text() }
      requests.push(received)
      return (await handler(received, bindings as unknown as Wire)) ?? RESPONSE_ALREADY_SENT
    },
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve()
      })
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  onTestFinished(close)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, close }
}

/** Answers one after the other; the last one again and again. */
export function inTurn(...replies: Handler[]): Handler {
  let turn = 0
  return (request, wire) => replies[Math.min(turn++, replies.length - 1)]!(request, wire)
}

export const json =
  (body: unknown, init?: ResponseInit): Handler =>
  () =>
    Response.json(body, init)

export const text =
  (body: string, init?: ResponseInit): Handler =>
  () =>
    new Response(body, init)

export const status = (code: number, headers: Record<string, string> = {}): Handler =>
  json({ message: `status ${code}` }, { status: code, headers })

/** Never answers. */
export const silent: Handler = () => new Promise(() => undefined)

/** Cuts the connection before a byte of the answer. */
export const reset: Handler = (_, { incoming }) => {
  incoming.socket.resetAndDestroy()
  return undefined
}

/** Announces more than it sends, then cuts the connection. */
export const truncated =
  (code = 200): Handler =>
  (_, { outgoing }) => {
    outgoing.writeHead(code, { 'content-type': 'application/json', 'content-length': '100' })
    outgoing.write('{"id":1,', () => outgoing.destroy())
    return undefined
  }

/** Sends headers and the beginning of a body, then nothing more; `onStart` hears when that is done. */
export const stalled =
  (onStart: () => void = () => undefined): Handler =>
  (_, { outgoing }) => {
    outgoing.writeHead(200, { 'content-type': 'application/json' })
    outgoing.write('{"id":1,', onStart)
    return undefined
  }

/** A promise and the function that resolves it. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}
