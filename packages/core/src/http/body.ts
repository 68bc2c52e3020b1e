import type { Scope } from './deadline.ts'

/** The body grew past its cap. */
export class BodyTooLarge extends Error {}

/** Reads a body as text, counting decoded bytes, and stops at `maxBytes`. */
export async function readBody(response: Response, maxBytes: number, scope: Scope): Promise<string> {
  if (!response.body) return ''
  const reader = response.body.getReader()
  const decoder = decoderFor(response.headers.get('content-type'))
  let size = 0
  let text = ''
  try {
    for (;;) {
      const { done, value } = await scope.race(reader.read())
      if (done) return text + decoder.decode()
      size += value.byteLength
      if (size > maxBytes) throw new BodyTooLarge()
      text += decoder.decode(value, { stream: true })
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}

function decoderFor(contentType: string | null): TextDecoder {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1]
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}
