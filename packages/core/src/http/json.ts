import type { WireReply } from './attempt.ts'

/** The body as JSON; undefined where there is none; the problem, in words, where it is something else. */
export function parseJson({ status, headers, text }: WireReply): { json: unknown } | { problem: string } {
  if (status === 204 || status === 205 || text === '') return { json: undefined }
  const type = headers.get('content-type') ?? ''
  if (/\bhtml\b/i.test(type)) return { problem: 'an HTML page instead of JSON' }
  try {
    return { json: JSON.parse(text) }
  } catch {
    return { problem: 'text that is not valid JSON' }
  }
}
