import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { isSecretEqual } from './is-secret-equal.ts'
import { page, pageHeaders } from './loopback-page.ts'

export interface LoopbackOptions {
  /** 0 takes a free port. */
  port: number
  /** Path that the service sends the user back to. */
  path: string
}

/** Waits on this machine alone for the browser to come back from the service. */
export interface Loopback {
  readonly port: number
  /**
   * The parameters of the one answer that has this state. Anything else is refused and ends nothing: other
   * programs and pages can send requests here too.
   */
  answerTo(state: string): Promise<URLSearchParams>
  close(): Promise<void>
}

/** @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3 */
export async function listenOnLoopback({ port, path }: LoopbackOptions): Promise<Loopback> {
  let awaited: { state: string; found: (answer: URLSearchParams) => void } | undefined
  const server = createServer((request, response) => {
    const answer = awaited && answerIn(request, path, awaited.state)
    if (awaited === undefined || answer === undefined || typeof answer === 'number') {
      refuse(response, typeof answer === 'number' ? answer : 404)
      return
    }
    const { found } = awaited
    awaited = undefined
    response.writeHead(200, pageHeaders).end(page(answer.has('error')))
    found(answer)
  })
  server.listen({ host: '127.0.0.1', port, exclusive: true })
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    answerTo: (state) =>
      new Promise((found) => {
        awaited = { state, found }
      }),
    close: () => close(server),
  }
}

/** The parameters of an answer, or the status of what is none. */
function answerIn(
  { method, url = '' }: IncomingMessage,
  path: string,
  state: string,
): URLSearchParams | number {
  const parsed = URL.parse(url, 'http://127.0.0.1')
  if (parsed?.pathname !== path) return 404
  if (method !== 'GET') return 405
  const states = parsed.searchParams.getAll('state')
  const [given] = states
  const isAnswer = parsed.searchParams.has('code') !== parsed.searchParams.has('error')
  if (given === undefined || states.length > 1 || !isAnswer || !isSecretEqual(given, state)) return 400
  return parsed.searchParams
}

function refuse(response: ServerResponse, status: number): void {
  response
    .writeHead(status, { ...pageHeaders, 'content-type': 'text/plain' })
    .end('Not the answer awaited here.\n')
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  // The page has been written; a connection that the browser keeps open must not keep the command.
  setImmediate(() => {
    server.closeIdleConnections()
  })
  const cut = setTimeout(() => {
    server.closeAllConnections()
  }, 500)
  await closed
  clearTimeout(cut)
}
