import ky from 'ky'
import { Secret } from '../auth/secret.ts'
import { readBody } from './body.ts'
import type { Scope } from './deadline.ts'

/** `fetch` as the app may replace it. */
export type Fetch = (input: Request) => Promise<Response>

export interface WireRequest {
  method: string
  url: URL
  headers: Readonly<Record<string, string | Secret>>
  body?: string | Secret | undefined
}

export interface WireReply {
  status: number
  headers: Headers
  text: string
}

/**
 * One request on the wire, answer read whole. Follows no redirect, retries nothing, judges no status. Ends
 * when the scope is cut, even with a `fetch` that ignores its signal.
 */
export async function attempt(
  request: WireRequest,
  limits: { maxBytes: number; scope: Scope; fetch: Fetch | undefined },
  onStatus: (response: Response) => void,
): Promise<WireReply> {
  const { maxBytes, scope, fetch } = limits
  const answer = ky(request.url, {
    method: request.method,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, plain(value)])),
    ...(request.body !== undefined && { body: plain(request.body) }),
    redirect: 'manual',
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    signal: scope.signal,
    ...(fetch && { fetch: (input) => fetch(input as Request) }),
  })
  const response = await scope.race(answer)
  onStatus(response)
  return {
    status: response.status,
    headers: response.headers,
    text: await readBody(response, maxBytes, scope),
  }
}

const plain = (value: string | Secret) => (value instanceof Secret ? value.reveal() : value)
