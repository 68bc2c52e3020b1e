import { pagedCall } from '../paged-call.ts'
import { itemsAt, type PageKind, totalAt, valueAt } from './page-kind.ts'

export interface CursorInBodyOptions {
  defaultLimit: number
  maxLimit: number
  /** Dotted path of the items in the answer. */
  items: string
  /** Dotted path of the next cursor in the answer. */
  next: string
  /** Dotted path of the total count, where the answer has one. */
  total?: string
  /** Where limit and cursor go in the request; `query` unless told. */
  sendIn?: 'query' | 'body'
  /** Name of the cursor in the request. */
  cursorParameter: string
  /** Name of the page size in the request; `limit` unless told. */
  limitParameter?: string
}

/** Pages whose answer names the cursor of the next one. */
export function cursorInBody(options: CursorInBodyOptions): PageKind {
  const { defaultLimit, maxLimit, cursorParameter, limitParameter = 'limit', sendIn = 'query' } = options
  return {
    defaultLimit,
    maxLimit,
    call: pagedCall,
    apply(request, { limit, cursor }) {
      const position = { [limitParameter]: limit, ...(cursor !== undefined && { [cursorParameter]: cursor }) }
      if (sendIn === 'query') return { ...request, query: { ...request.query, ...position } }
      return { ...request, body: { ...(request.body as object | undefined), ...position } }
    },
    read({ json }) {
      const next = valueAt(json, options.next)
      const isCursor = (typeof next === 'string' && next !== '') || typeof next === 'number'
      return {
        items: itemsAt(json, options.items),
        nextCursor: isCursor ? String(next) : undefined,
        totalCount: totalAt(json, options.total),
      }
    },
  }
}
