import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pick, seeded } from './random.ts'

export interface FaultServerOptions {
  seed: number
  /** Of all requests, those that fail: 0 to 1. */
  faultShare: number
}

/** What the server did, to hold against what callers were told. */
export interface FaultServerState {
  /** How often each title was created. */
  created: [title: string, times: number][]
  requests: number
  /** How often each fault struck. */
  faults: Record<string, number>
}

/** The kinds of the emulators, with what each may do apart. */
const kinds = [
  'rate-limited',
  'fails-after-applying',
  'fails-before-applying',
  'reset, applied',
  'reset, not applied',
  'truncated',
  'slow',
  'html',
] as const

const afterApplying = [500, 502, 503, 504, 408]
const refusals = [400, 403, 404, 409, 410, 422]

/**
 * Opens and shows issues as GitHub does, and fails as the emulators do, but is cheap enough for 100,000 calls. A
 * read is only refused for passing reasons; a refusal for good is the right answer, and no fault.
 */
export class FaultServer {
  readonly #server: Server
  readonly #random: () => number
  readonly #faultShare: number
  readonly #created = new Map<string, number>()
  readonly #faults = new Map<string, number>()
  #requests = 0

  constructor({ seed, faultShare }: FaultServerOptions) {
    this.#random = seeded(seed)
    this.#faultShare = faultShare
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      void this.#handle(request, response)
    })
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get state(): FaultServerState {
    const faults = Object.fromEntries(this.#faults)
    return { created: [...this.#created], requests: this.#requests, faults }
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#requests += 1
    const isWrite = request.method === 'POST'
    const { title } = JSON.parse((await textOf(request)) || '{}') as { title?: string }
    const number = Number(request.url?.split('/').at(-1))
    const issue = () => JSON.stringify(issueOf(number, title ?? `Issue ${number}`))
    const apply = () => {
      if (isWrite && title !== undefined) this.#created.set(title, (this.#created.get(title) ?? 0) + 1)
      return issue()
    }
    if (this.#random() >= this.#faultShare) {
      send(response, isWrite ? 201 : 200, apply())
      return
    }
    const kind = pick(this.#random, kinds)
    this.#faults.set(kind, (this.#faults.get(kind) ?? 0) + 1)
    this.#fail(kind, isWrite, response, apply)
  }

  #fail(kind: (typeof kinds)[number], isWrite: boolean, response: ServerResponse, apply: () => string): void {
    const random = this.#random
    const refuse = (status: number, headers: Record<string, string> = {}) => {
      send(response, status, JSON.stringify({ message: 'Server Error', status: String(status) }), headers)
    }
    switch (kind) {
      case 'rate-limited': {
        // A write that is told to wait for an hour is given back to its caller at once.
        refuse(429, { 'retry-after': isWrite && random() < 0.3 ? '3600' : '0' })
        return
      }
      case 'fails-after-applying':
        apply()
        refuse(pick(random, afterApplying))
        return
      case 'fails-before-applying':
        refuse(pick(random, isWrite ? [...refusals, ...afterApplying] : afterApplying))
        return
      case 'reset, applied':
        apply()
        response.socket?.resetAndDestroy()
        return
      case 'reset, not applied':
        response.socket?.resetAndDestroy()
        return
      case 'truncated': {
        const body = apply()
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': body.length })
        response.write(body.slice(0, Math.floor(random() * body.length)), () => response.destroy())
        return
      }
      case 'slow': {
        const body = apply()
        const timer = setTimeout(
          () => {
            send(response, isWrite ? 201 : 200, body)
          },
          pick(random, [5, 20, 2000]),
        )
        response.once('close', () => {
          clearTimeout(timer)
        })
        return
      }
      case 'html':
        // Half of them are what a proxy says after the service has done it.
        if (random() < 0.5) apply()
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        response.end('<!doctype html><title>Sign in</title>')
    }
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(body)
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

function issueOf(number: number, title: string) {
  const time = '2026-09-01T08:30:00Z'
  const html_url = `https://github.com/o/r/issues/${number}`
  return { number: number || 1, title, state: 'open', html_url, created_at: time, updated_at: time }
}
