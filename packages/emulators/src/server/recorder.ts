import type { IncomingMessage } from 'node:http'
import type { RecordedRequest } from '../emulator.ts'

export interface Recorder {
  readonly requests: readonly RecordedRequest[]
  record(incoming: IncomingMessage, receivedAt: number): RecordedRequest
  clear(): void
}

export function createRecorder(): Recorder {
  const requests: RecordedRequest[] = []
  return {
    requests,
    record(incoming, receivedAt) {
      // The path as it was sent: a URL object would resolve dot segments.
      const [path, query] = splitOnce(incoming.url ?? '/', '?')
      const recorded: RecordedRequest = {
        method: incoming.method ?? 'GET',
        path,
        query: Object.fromEntries(new URLSearchParams(query)),
        headers: flatten(incoming.headersDistinct),
        body: undefined,
        receivedAt,
        status: undefined,
      }
      requests.push(recorded)
      return recorded
    },
    clear() {
      requests.length = 0
    },
  }
}

/** JSON or form fields parsed by content type; the text otherwise; undefined when empty. */
export function parseBody(contentType: string, text: string): unknown {
  if (text === '') return undefined
  if (contentType.includes('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text))
  }
  if (!/[/+]json\b/.test(contentType)) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function flatten(headers: NodeJS.Dict<string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, values]) => [name, (values ?? []).join(', ')]),
  )
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
