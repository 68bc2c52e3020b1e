import { ProtocolError } from '../../errors/errors.ts'
import { invalidCursor } from './invalid-cursor.ts'
import { pagedCall } from '../paged-call.ts'
import { itemsAt, type PageKind, totalAt } from './page-kind.ts'

export interface LinkHeaderOptions {
  defaultLimit: number
  maxLimit: number
  /** Query parameter for the page size; `per_page` unless told. */
  limitParameter?: string
  /** Query parameters of the next link that say where it continues. */
  cursorParameters?: readonly string[]
  /** Dotted path of the items in the body; the body itself unless told. */
  items?: string
  /** Dotted path of the total count, where the body has one. */
  total?: string
}

/**
 * Pages linked by a `Link` header with `rel="next"`. The cursor holds only the link's paging parameters, so
 * neither the service nor a model can steer a walk to another path or origin.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8288
 */
export function linkHeader(options: LinkHeaderOptions): PageKind {
  const { defaultLimit, maxLimit, limitParameter = 'per_page', items = '', total } = options
  const names = options.cursorParameters ?? ['page', 'after', 'since', 'cursor']
  return {
    defaultLimit,
    maxLimit,
    call: pagedCall,
    apply(request, { limit, cursor }) {
      const position = cursor === undefined ? {} : readCursor(cursor, names)
      return { ...request, query: { ...request.query, [limitParameter]: limit, ...position } }
    },
    read({ url, headers, json }) {
      const next = nextLink(headers.get('link'), url)
      const position = next && pickParameters(next.searchParams, names, url.searchParams)
      return {
        items: itemsAt(json, items),
        nextCursor: position && new URLSearchParams(position).toString(),
        totalCount: totalAt(json, total),
      }
    },
  }
}

function readCursor(cursor: string, names: readonly string[]): Record<string, string> {
  const entries = [...new URLSearchParams(cursor)]
  if (entries.length > 0 && entries.every(([name]) => names.includes(name)))
    return Object.fromEntries(entries)
  throw invalidCursor()
}

function nextLink(header: string | null, base: URL): URL | undefined {
  for (const [, target, parameters] of (header ?? '').matchAll(
    /<([^>]*)>((?:\s*;\s*(?:"[^"]*"|[^",;])+)*)/g,
  )) {
    if (!/;\s*rel\s*=\s*"?[^";]*\bnext\b/i.test(parameters ?? '')) continue
    const next = URL.parse(target ?? '', base)
    if (next?.origin === base.origin) return next
    throw refused('on another origin')
  }
  return undefined
}

/** Parameters that differ from the request's own; a filter that happens to be named `since` stays a filter. */
function pickParameters(
  next: URLSearchParams,
  names: readonly string[],
  own: URLSearchParams,
): Record<string, string> | undefined {
  const picked = names.flatMap((name) => {
    const value = next.get(name)
    return value === null || value === own.get(name) ? [] : [[name, value] as const]
  })
  if (picked.length === 0) throw refused('the same page again')
  return Object.fromEntries(picked)
}

const refused = (where: string) =>
  new ProtocolError(`The next page is ${where}; it was not followed.`, {
    code: 'REPLY_INVALID',
    outcome: 'unknown',
    hint: 'Check that baseUrl is the API and that no proxy answers in its place.',
  })
