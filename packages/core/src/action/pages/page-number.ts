import { invalidCursor } from './invalid-cursor.ts'
import { pagedCall } from '../paged-call.ts'
import { itemsAt, type PageKind, totalAt } from './page-kind.ts'

export interface PageNumberOptions {
  defaultLimit: number
  maxLimit: number
  /** Dotted path of the items in the answer; the answer itself unless told. */
  items?: string
  /** Dotted path of the total count. Without one, a walk ends at the first empty page. */
  total?: string
  /** Query parameter for the page; `page` unless told. */
  pageParameter?: string
  /** Query parameter for the page size; `per_page` unless told. */
  limitParameter?: string
  /** Number of the first page; 1 unless told. */
  firstPage?: number
}

/** Pages counted by number. A short page does not end a walk: services filter pages after cutting them. */
export function pageNumber(options: PageNumberOptions): PageKind {
  const { defaultLimit, maxLimit, items = '', total, firstPage = 1 } = options
  const { pageParameter = 'page', limitParameter = 'per_page' } = options
  const pageOf = (cursor: string | undefined) => (cursor === undefined ? firstPage : readPage(cursor))
  return {
    defaultLimit,
    maxLimit,
    call: pagedCall,
    apply(request, { limit, cursor }) {
      const position = { [limitParameter]: limit, [pageParameter]: pageOf(cursor) }
      return { ...request, query: { ...request.query, ...position } }
    },
    read({ json }, { limit, cursor }) {
      const page = pageOf(cursor)
      const found = itemsAt(json, items)
      const totalCount = totalAt(json, total)
      const hasNext =
        totalCount === undefined ? found.length > 0 : (page - firstPage + 1) * limit < totalCount
      return { items: found, totalCount, nextCursor: hasNext ? String(page + 1) : undefined }
    },
  }
}

function readPage(cursor: string): number {
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor)
  throw invalidCursor()
}
