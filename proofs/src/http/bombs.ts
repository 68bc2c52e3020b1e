import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { createBrotliCompress, createDeflate, createGzip } from 'node:zlib'
import { forkScript, nextMessage } from '../credentials/children.ts'

export interface BombOptions {
  baseUrl: string
  maxResponseBytes: number
}

export interface BombReport {
  /** Code of the error that the call ended with. */
  code: string
  /** Growth of the resident set, at its peak. */
  growthBytes: number
  seconds: number
}

const compressors = { gzip: createGzip, br: createBrotliCompress, deflate: createDeflate }

export const bombKinds = ['gzip', 'br', 'deflate', 'no encoding', 'tiny chunks'] as const
export type BombKind = (typeof bombKinds)[number]

export interface BombSizes {
  decodedBytes: number
  maxResponseBytes?: number
}

/** One answer of `decodedBytes`: how the call ends, and how much memory that takes. */
export async function bomb(
  kind: BombKind,
  { decodedBytes, maxResponseBytes = 32 * 1024 * 1024 }: BombSizes,
): Promise<BombReport> {
  const body =
    kind in compressors ? await compressed(kind as keyof typeof compressors, decodedBytes) : undefined
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    if (request.url?.endsWith('/1') === true) response.end('{"number":1}')
    else if (body) response.setHeader('content-encoding', kind).end(body)
    else chunks(decodedBytes, kind === 'tiny chunks' ? 1 : 65_536).pipe(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const child = forkScript('../http/bomb-process.ts', { baseUrl, maxResponseBytes }, ['--expose-gc'])
  try {
    return await nextMessage<BombReport>(child)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

/** A JSON string of spaces, which compresses a thousandfold. */
function chunks(bytes: number, size: number): Readable {
  const chunk = Buffer.alloc(size, ' ')
  return Readable.from(
    (function* () {
      for (let sent = 0; sent < bytes; sent += size) yield chunk
    })(),
    { objectMode: false },
  )
}

async function compressed(kind: keyof typeof compressors, decodedBytes: number): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of chunks(decodedBytes, 65_536).pipe(compressors[kind]())) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
