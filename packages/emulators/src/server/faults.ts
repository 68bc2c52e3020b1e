import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Fault, RecordedRequest } from '../emulator.ts'
import { resetConnection, sendSlowly, sendTruncated } from './raw-response.ts'

/** Gives a failure in the service's own shape; `body` is sent as JSON unless it is a string. */
export type ErrorBody = (
  status: number,
  kind: 'rate-limited' | 'failure',
  retryAfterSeconds?: number,
) => { headers: Record<string, string>; body: unknown }

export interface FaultContext {
  fault: Fault
  recorded: RecordedRequest
  outgoing: ServerResponse
  errorBody: ErrorBody
  /** Lets the service handle the request. */
  apply: () => Promise<Response>
}

/** Answers a request as its fault demands, on the raw connection where no proper response may be sent. */
export async function answerWithFault(context: FaultContext): Promise<Response> {
  const { fault, recorded, outgoing, errorBody, apply } = context
  const answer = (response: Response): Response => {
    recorded.status = response.status
    return response
  }
  switch (fault.kind) {
    case 'rate-limited': {
      const seconds = fault.retryAfterSeconds ?? 1
      const { headers, body } = errorBody(429, 'rate-limited', seconds)
      return answer(toResponse(429, { 'retry-after': String(seconds), ...headers }, body))
    }
    case 'fails-after-applying': {
      await (await apply()).arrayBuffer()
      const status = fault.status ?? 500
      const { headers, body } = errorBody(status, 'failure')
      return answer(toResponse(status, headers, body))
    }
    case 'fails-before-applying': {
      const own = errorBody(fault.status, 'failure')
      const body = fault.body === undefined ? own.body : fault.body
      return answer(toResponse(fault.status, { ...own.headers, ...fault.headers }, body))
    }
    case 'reset':
      if (fault.applied === true) await (await apply()).arrayBuffer()
      resetConnection(outgoing)
      return RESPONSE_ALREADY_SENT
    case 'truncated':
      await sendTruncated(outgoing, answer(await apply()), fault.bytes)
      return RESPONSE_ALREADY_SENT
    case 'slow': {
      const pace = { delayMs: fault.delayMs ?? 0, bytesPerSecond: fault.bytesPerSecond }
      await sendSlowly(outgoing, answer(await apply()), pace)
      return RESPONSE_ALREADY_SENT
    }
    case 'html':
      return answer(new Response(captivePortal, { headers: { 'content-type': 'text/html; charset=utf-8' } }))
  }
}

const captivePortal =
  '<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in to the network</h1></body></html>'

function toResponse(status: number, headers: Record<string, string>, body: unknown): Response {
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'
  const all = new Headers({ 'content-type': type })
  for (const [name, value] of Object.entries(headers)) all.set(name, value)
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return new Response(text, { status, headers: all })
}
