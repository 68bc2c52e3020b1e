import { GithubError } from './errors.ts'
import type { GithubContext, Scope } from './scope.ts'

export interface PageRequest {
  page: number
  perPage: number
}

/** `page` and `per_page`, which the API bends into range instead of refusing them. */
export function pageRequest(c: GithubContext): PageRequest {
  const perPage = positive(c.req.query('per_page'), 30)
  return { page: positive(c.req.query('page'), 1), perPage: Math.min(perPage, 100) }
}

function positive(value: string | undefined, fallback: number): number {
  const number = Number(value ?? fallback)
  return Number.isSafeInteger(number) && number > 0 ? number : fallback
}

/** One page by number, with its Link header; only its items are touched. */
export function pageOf<T>(c: GithubContext, items: readonly T[], path: string): T[] {
  const { page, perPage } = pageRequest(c)
  const last = Math.max(1, Math.ceil(items.length / perPage))
  const links: [string, Record<string, string>][] = []
  if (page > 1) links.push(['prev', { page: String(Math.min(page - 1, last)) }])
  if (page < last) links.push(['next', { page: String(page + 1) }], ['last', { page: String(last) }])
  if (page > 1) links.push(['first', { page: '1' }])
  setLinks(c, path, links)
  return items.slice((page - 1) * perPage, page * perPage)
}

/** How a list is ordered: by a number, ties by the item's own number, both in the same direction. */
export interface Order<T> {
  key: (item: T) => number
  tie: (item: T) => number
  direction: 'asc' | 'desc'
}

/** The API ends numbered pages of cursor lists about here. */
const deepestOffset = 9_900

/** One page of a list that links by cursor, and still takes small page numbers. */
export function cursorPageOf<T>(c: GithubContext, sorted: readonly T[], order: Order<T>, path: string): T[] {
  const { page, perPage } = pageRequest(c)
  const after = cursorOf(c.req.query('after'))
  const before = cursorOf(c.req.query('before'))
  let start = (page - 1) * perPage
  if (after) start = firstBeyond(sorted, order, after)
  else if (before) start = Math.max(0, firstNotBefore(sorted, order, before) - perPage)
  else if (start >= deepestOffset) throw new GithubError(422, tooDeep)

  const items = sorted.slice(start, start + perPage)
  const [first, last] = [items[0], items.at(-1)]
  const links: [string, Record<string, string>][] = []
  if (last && start + perPage < sorted.length) {
    links.push(['next', { after: encodeCursor(order, last), page: String(page + 1) }])
  }
  if (first && start > 0) {
    links.push(['prev', { page: String(Math.max(1, page - 1)), before: encodeCursor(order, first) }])
  }
  setLinks(c, path, links)
  return items
}

const tooDeep =
  'Pagination with the page parameter is not supported for large datasets, ' +
  'please use cursor based pagination (after/before)'

type Position = [key: number, tie: number]

function encodeCursor<T>(order: Order<T>, item: T): string {
  return Buffer.from(`cursor:v2:${order.key(item)}:${order.tie(item)}`).toString('base64')
}

function cursorOf(value: string | undefined): Position | undefined {
  if (value === undefined) return undefined
  const match = /^cursor:v2:(-?\d+):(\d+)$/.exec(Buffer.from(value, 'base64').toString())
  if (!match) throw new GithubError(422, 'The cursor is not valid.')
  return [Number(match[1]), Number(match[2])]
}

function compare<T>(order: Order<T>, item: T, [key, tie]: Position): number {
  const ascending = order.key(item) - key || order.tie(item) - tie
  return order.direction === 'asc' ? ascending : -ascending
}

function firstBeyond<T>(sorted: readonly T[], order: Order<T>, position: Position): number {
  const index = sorted.findIndex((item) => compare(order, item, position) > 0)
  return index < 0 ? sorted.length : index
}

function firstNotBefore<T>(sorted: readonly T[], order: Order<T>, position: Position): number {
  const index = sorted.findIndex((item) => compare(order, item, position) >= 0)
  return index < 0 ? sorted.length : index
}

/** The items in the order that cursors of the same order walk. */
export function sortBy<T>(items: T[], order: Order<T>): T[] {
  return items.sort((a, b) => compare(order, a, [order.key(b), order.tie(b)]))
}

function setLinks(c: GithubContext, path: string, links: [string, Record<string, string>][]): void {
  if (links.length === 0) return
  const scope: Scope = c.get('scope')
  const header = links.map(([relation, changes]) => {
    const query = new URLSearchParams(c.req.query())
    for (const name of ['after', 'before', 'page']) query.delete(name)
    for (const [name, value] of Object.entries(changes)) query.set(name, value)
    return `<${scope.apiRoot}${path}?${query.toString()}>; rel="${relation}"`
  })
  c.header('link', header.join(', '))
}
