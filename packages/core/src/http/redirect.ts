import { RedirectBlockedError } from '../errors/errors.ts'
import { quote } from '../errors/quote.ts'
import type { ConnectorErrorOptions } from '../errors/connector-error.ts'
import type { Effect } from '../action/effect.ts'
import type { Redactor } from './redactor.ts'

const maxRedirects = 5

/**
 * Where a redirect leads: followed for reads, on the same origin, at most five times. Anything else throws
 * RedirectBlockedError (`REDIRECT_BLOCKED`).
 */
export function followRedirect(
  reply: { status: number; headers: Headers } & Pick<ConnectorErrorOptions, 'requestId' | 'attempts'>,
  request: { url: URL; effect: Effect; method: string; redactor: Redactor },
  soFar: number,
): URL {
  const location = reply.headers.get('location') ?? ''
  const target = URL.parse(location, request.url)
  const { redactor } = request
  // Parsed again without the secret: a "?" or "\\" in it would split it between the parts of the URL.
  const shown = URL.parse(redactor.redact(location), request.url)
  const named = (part: 'origin' | 'pathname') => quote(redactor.redact(shown?.[part] ?? '[secret]'))
  const block = (reason: string, hint: string) =>
    new RedirectBlockedError(`Blocked a redirect (${reply.status}): ${reason}.`, {
      code: 'REDIRECT_BLOCKED',
      // 303 says that the request was carried out and where to see the result.
      outcome: request.effect !== 'read' && reply.status === 303 ? 'unknown' : 'rejected',
      hint,
      status: reply.status,
      requestId: reply.requestId,
      attempts: reply.attempts,
    })
  if (!target) throw block('it names no valid location', 'Check baseUrl.')
  if (target.origin !== request.url.origin || target.username + target.password !== '') {
    throw block(
      `it leads to another origin, ${named('origin')}`,
      'If that server is right, set baseUrl to it.',
    )
  }
  if (request.effect !== 'read' || request.method !== 'GET') {
    throw block(
      `a ${request.effect === 'read' ? request.method : 'write'} is not sent on to ${named('pathname')}`,
      'The resource has moved or been renamed: read it first and use its present name.',
    )
  }
  if (soFar >= maxRedirects) throw block('there were too many in a row', 'Check baseUrl.')
  return target
}
