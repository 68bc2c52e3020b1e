import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

/** Aborts the connection with a TCP RST, so that the client sees ECONNRESET rather than an orderly end. */
export function resetConnection(outgoing: ServerResponse): void {
  outgoing.socket?.resetAndDestroy()
}

/** Announces the whole body and closes after `bytes` of it; half of it unless told, nothing where it is empty. */
export async function sendTruncated(
  outgoing: ServerResponse,
  response: Response,
  bytes: number | undefined,
): Promise<void> {
  const body = new Uint8Array(await response.arrayBuffer())
  const sent = Math.min(bytes ?? Math.floor(body.length / 2), body.length - 1)
  if (sent < 0) {
    outgoing.socket?.destroy()
    return
  }
  writeHead(outgoing, response, body.length)
  outgoing.flushHeaders()
  outgoing.write(body.subarray(0, sent), () => outgoing.socket?.destroy())
}

export interface Pace {
  delayMs: number
  /** Undefined sends the body at once. */
  bytesPerSecond: number | undefined
}

/** Sends the response late and, where a pace is set, little by little; stops when the client hangs up. */
export async function sendSlowly(outgoing: ServerResponse, response: Response, pace: Pace): Promise<void> {
  const gone = new AbortController()
  outgoing.once('close', () => {
    gone.abort()
  })
  try {
    await delay(pace.delayMs, undefined, { signal: gone.signal })
    const body = new Uint8Array(await response.arrayBuffer())
    writeHead(outgoing, response, body.length)
    outgoing.flushHeaders()
    if (pace.bytesPerSecond !== undefined) await trickle(outgoing, body, pace.bytesPerSecond, gone.signal)
    else outgoing.write(body)
    outgoing.end()
  } catch (error) {
    if (!gone.signal.aborted) throw error
  }
}

async function trickle(
  outgoing: ServerResponse,
  body: Uint8Array,
  bytesPerSecond: number,
  signal: AbortSignal,
): Promise<void> {
  const chunk = Math.max(1, Math.floor(bytesPerSecond / 20))
  for (let offset = 0; offset < body.length; offset += chunk) {
    const flushed = outgoing.write(body.subarray(offset, offset + chunk))
    if (!flushed) await once(outgoing, 'drain', { signal })
    await delay((chunk / bytesPerSecond) * 1000, undefined, { signal })
  }
}

function writeHead(outgoing: ServerResponse, response: Response, length: number): void {
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value)
  if (length > 0) outgoing.setHeader('content-length', String(length))
  outgoing.writeHead(response.status)
}
