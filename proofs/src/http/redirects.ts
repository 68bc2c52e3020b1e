import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { apiKey, bearer, connect, ConnectorError, defineAction, defineService, path } from '@agent/core'
import * as z from 'zod'

const secret = 'test-secret-of-this-proof'
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const statuses = [301, 302, 303, 307, 308]
const targets = [
  'same origin',
  'other port',
  'other host',
  'downgrade',
  'loop',
  'user info',
  'nowhere',
] as const
type Target = (typeof targets)[number]

interface RedirectCase {
  status: number
  method: (typeof methods)[number]
  effect: 'read' | 'update'
  target: Target
  auth: ReturnType<typeof bearer>
}

const auths = () => [bearer({ token: secret }), apiKey({ key: secret, header: 'x-api-key' })]

function* allCases(): Generator<RedirectCase> {
  for (const status of statuses) {
    for (const method of methods) {
      for (const effect of ['read', 'update'] as const) {
        for (const target of targets)
          for (const auth of auths()) yield { status, method, effect, target, auth }
      }
    }
  }
}

/** Every redirect, with the secret in a header and in the body: where it goes, and what the caller is told. */
export async function redirects() {
  const home = new Listener()
  const elsewhere = new Listener()
  await Promise.all([home.listen(), elsewhere.listen()])
  const wrong: string[] = []
  let cases = 0
  let followed = 0
  let offOrigin = 0
  try {
    for (const each of allCases()) {
      cases += 1
      home.redirect = { status: each.status, location: locationOf(each.target, home.port, elsewhere.port) }
      home.received.length = elsewhere.received.length = 0
      const end = await call(each, home.url)
      if (home.received.length > 1) followed += 1
      offOrigin += elsewhere.received.length
      const { status, method, effect, target } = each
      const problem = problemOf(each, home.received.length, end)
      if (problem !== undefined) wrong.push(`${status} ${method} (${effect}) to ${target}: ${problem}`)
    }
    return { cases, followed, offOrigin, wrong }
  } finally {
    home.close()
    elsewhere.close()
  }
}

async function call({ method, effect, auth }: RedirectCase, baseUrl: string): Promise<unknown> {
  const { service, action } = serviceOf(method, effect)
  try {
    await connect(service, { auth, baseUrl }).run(action, { value: secret })
    return 'success'
  } catch (error) {
    return error
  }
}

/** A read by GET is followed on its own origin, five times at most; nothing else is. */
function problemOf({ method, effect, status, target }: RedirectCase, requests: number, end: unknown) {
  const mayFollow = method === 'GET' && effect === 'read'
  const expected = mayFollow ? ({ 'same origin': 2, loop: 6 } as Partial<Record<Target, number>>)[target] : 1
  if (requests !== (expected ?? 1)) return `${requests} requests`
  if (mayFollow && target === 'same origin') return end === 'success' ? undefined : String(end)
  return isRight(end, status, effect) ? undefined : String(end)
}

function isRight(end: unknown, status: number, effect: string): boolean {
  if (!ConnectorError.isInstance(end) || JSON.stringify(end).includes(secret)) return false
  return (
    end.code === 'REDIRECT_BLOCKED' &&
    // 303 says that a write was carried out.
    end.outcome === (effect !== 'read' && status === 303 ? 'unknown' : 'rejected')
  )
}

function locationOf(target: Target, home: number, elsewhere: number): string {
  switch (target) {
    case 'same origin':
      return '/moved'
    case 'other port':
      return `http://127.0.0.1:${elsewhere}/moved`
    case 'other host':
      return `http://localhost:${elsewhere}/moved`
    case 'downgrade':
      return `//localhost:${elsewhere}/moved`
    case 'loop':
      return '/loop'
    case 'user info':
      return `http://someone:x@127.0.0.1:${home}/moved`
    case 'nowhere':
      return 'http://[nowhere'
  }
}

function serviceOf(method: (typeof methods)[number], effect: 'read' | 'update') {
  const service = defineService({
    name: 'proof',
    title: 'Proof',
    baseUrl: 'https://api.example.com',
    auth: () => z.custom<ReturnType<typeof bearer>>(),
    authenticate: (authenticator) => authenticator,
    headers: () => ({ 'user-agent': 'proof' }),
    requestIdHeader: 'x-request-id',
  })
  const action = defineAction({
    name: 'items.act',
    summary: 'Act.',
    effect,
    permissions: { scopes: [] },
    source: 'https://example.com/docs',
    input: () => z.strictObject({ value: z.string().describe('A value.') }),
    output: () => z.object({ id: z.number() }),
    request: (body) => ({ method, path: path`/start`, ...(method !== 'GET' && { body }) }),
  })
  return { service, action }
}

/** Redirects what is not at /moved, and records all. */
class Listener {
  redirect = { status: 302, location: '/moved' }
  readonly received: string[] = []
  readonly #server: Server = createServer((request, response) => {
    this.received.push(request.url ?? '')
    request.resume()
    const { status, location } = this.redirect
    if (request.url !== '/moved') response.writeHead(status, { location })
    response.end('{"id":1}')
  })

  async listen(): Promise<void> {
    this.#server.listen(0)
    await once(this.#server, 'listening')
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}
