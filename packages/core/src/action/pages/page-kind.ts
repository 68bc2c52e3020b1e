import { ProtocolError } from '../../errors/errors.ts'
import type { pagedCall } from '../paged-call.ts'
import type { ActionRequest } from '../request.ts'

/** Where in a list a call stands. */
export interface PagePosition {
  /** Items per page. */
  limit: number
  /** Absent for the first page. */
  cursor?: string | undefined
}

export interface PageReply {
  url: URL
  headers: Headers
  json: unknown
}

/** One page as read from an answer. */
export interface RawPage {
  items: readonly unknown[]
  nextCursor?: string | undefined
  totalCount?: number | undefined
}

/** How a service pages its lists. */
export interface PageKind {
  /** Items per page when the caller does not say. */
  readonly defaultLimit: number
  /** The most the service gives in one page; what a walk over all items asks for. */
  readonly maxLimit: number
  readonly call: typeof pagedCall
  apply(request: ActionRequest, position: PagePosition): ActionRequest
  read(reply: PageReply, position: PagePosition): RawPage
}

/** The value at a dotted path such as `paging.next.after`; the whole for an empty path. */
export function valueAt(json: unknown, path: string): unknown {
  if (path === '') return json
  let current = json
  for (const key of path.split('.')) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined
    current = (current as Record<string, unknown>)[key]
  }
  return current
}

/** The items of a page; throws ProtocolError (`REPLY_INVALID`) where there is no list. */
export function itemsAt(json: unknown, path: string): readonly unknown[] {
  const items = valueAt(json, path)
  if (Array.isArray(items)) return items
  throw new ProtocolError(`The answer has no list${path === '' ? '' : ` at "${path}"`}.`, {
    code: 'REPLY_INVALID',
    outcome: 'unknown',
    hint: 'Check that baseUrl is the API and that no proxy answers in its place.',
    issues: [{ path, expected: 'a list' }],
  })
}

export function totalAt(json: unknown, path: string | undefined): number | undefined {
  const total = path === undefined ? undefined : valueAt(json, path)
  return typeof total === 'number' && Number.isSafeInteger(total) ? total : undefined
}
