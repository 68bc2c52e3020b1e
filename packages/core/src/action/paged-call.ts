import { aborted } from '../errors/aborted.ts'
import { ProtocolError } from '../errors/errors.ts'
import type { PageMeta } from './result.ts'

export interface Page<Item> {
  data: Item[]
  meta: PageMeta
}

/** Fetches one page: `cursor` absent means the first, `isWalk` that all items are wanted. */
export type FetchPage<Item> = (position: {
  cursor: string | undefined
  isWalk: boolean
}) => Promise<Page<Item>>

export interface WalkOptions {
  /** Stops a walk after this many items; no further page is fetched. */
  maxItems?: number | undefined
  signal?: AbortSignal | undefined
}

/** Makes the call of a list; page kinds carry it, so that an app without lists does not load it. */
export const pagedCall = <Item>(fetch: FetchPage<Item>, options: WalkOptions): PagedCall<Item> =>
  new PagedCall(fetch, options)

/**
 * A list call. `await` it for the first page; iterate it for every item, page by page, each fetched when the
 * one before is used up. Nothing is sent until one of these begins.
 */
export class PagedCall<Item> implements PromiseLike<Page<Item>>, AsyncIterable<Item> {
  readonly #fetch: FetchPage<Item>
  readonly #options: WalkOptions
  #first: Promise<Page<Item>> | undefined

  constructor(fetch: FetchPage<Item>, options: WalkOptions) {
    this.#fetch = fetch
    this.#options = options
  }

  /** The first page. */
  then<Fulfilled = Page<Item>, Rejected = never>(
    onFulfilled?: ((page: Page<Item>) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((error: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    this.#first ??= this.#fetch({ cursor: undefined, isWalk: false })
    return this.#first.then(onFulfilled, onRejected)
  }

  catch<Rejected>(
    onRejected: (error: unknown) => Rejected | PromiseLike<Rejected>,
  ): Promise<Page<Item> | Rejected> {
    return this.then(undefined, onRejected)
  }

  finally(onFinally: () => void): Promise<Page<Item>> {
    return this.then().finally(onFinally)
  }

  /** Every page, lazily. Throws ProtocolError (`REPLY_INVALID`) when the service repeats a cursor. */
  async *pages(): AsyncGenerator<Page<Item>, void, undefined> {
    const { maxItems = Number.POSITIVE_INFINITY, signal } = this.#options
    const seen = new Set<string>()
    let cursor: string | undefined
    let left = maxItems
    while (left > 0) {
      if (signal?.aborted) throw aborted('not_sent')
      const page = await this.#fetch({ cursor, isWalk: true })
      yield page.data.length > left ? { ...page, data: page.data.slice(0, left) } : page
      left -= page.data.length
      cursor = page.meta.nextCursor
      if (cursor === undefined) return
      if (seen.has(cursor)) throw repeated()
      seen.add(cursor)
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) {
      for (const item of page.data) {
        if (this.#options.signal?.aborted) throw aborted('not_sent')
        yield item
      }
    }
  }
}

const repeated = () =>
  new ProtocolError('The service gave the same cursor twice; the walk was ended.', {
    code: 'REPLY_INVALID',
    outcome: 'unknown',
    hint: 'The items so far are good. Report this to the service.',
  })
