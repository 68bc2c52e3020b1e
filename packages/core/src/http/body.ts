import type { Scope } from './deadline.ts'

/** The body grew past its cap, or ended before it was whole. */
export class BodyTooLarge extends Error {}

/**
 * Reads a body as text, counting decoded bytes, and stops at `maxBytes`. Ends when the scope is cut, even
 * with a `fetch` that ignores its signal.
 */
export async function readBody(response: Response, maxBytes: number, scope: Scope): Promise<string> {
  if (!response.body) return ''
  const reader = response.body.getReader()
  const decoder = decoderFor(response.headers.get('content-type'))
  const ended = scope.ended.then(() => {
    throw scope.signal.reason
  })
  // Nobody else may be listening when the body is already read.
  ended.catch(() => undefined)
  let size = 0
  let text = ''
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), ended])
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
