import * as z from 'zod'
import { describe, expect, it } from 'vitest'
import { connectWith } from '../../test/connect-with.ts'
import { listItems } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import { type Handler, serve } from '../../test/serve.ts'
import { cursorInBody, defineAction, type PageKind, pageNumber, path } from '../index.ts'

const count = 5
const items = Array.from({ length: count }, (_, index) => ({ id: index + 1 }))
const query = (url: string) => Object.fromEntries(new URL(url, 'http://x').searchParams)
const slice = (page: number, size: number) => items.slice((page - 1) * size, page * size)

const listWith = (page: PageKind, method: 'GET' | 'POST' = 'GET') =>
  defineAction({
    name: 'items.list',
    summary: 'List items.',
    effect: 'read',
    permissions: { scopes: [] },
    source: 'https://example.com',
    input: () => z.strictObject({ colour: z.string().optional() }),
    output: () => z.object({ id: z.number() }),
    page,
    request: (parameters) => ({
      method,
      path: path`/items`,
      ...(method === 'GET' ? { query: parameters } : { body: parameters }),
    }),
  })

/** Pages of two, linked as the service links them. */
const linked =
  (link = (page: number) => `</items?page=${page}&evil=1>; rel="next"`): Handler =>
  ({ url }) => {
    const page = Number(query(url)['page'] ?? 1)
    const hasNext = page * 2 < count
    return Response.json(slice(page, 2), { headers: hasNext ? { link: link(page + 1) } : {} })
  }

const byCursor = cursorInBody({
  defaultLimit: 2,
  maxLimit: 2,
  items: 'results',
  next: 'paging.next.after',
  total: 'total',
  cursorParameter: 'after',
})
const cursorReply = (after: unknown) => {
  const page = Number(after ?? 1)
  const next = page * 2 < count ? { paging: { next: { after: String(page + 1) } } } : {}
  return Response.json({ results: slice(page, 2), total: count, ...next })
}

async function collect<T>(walk: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const each of walk) all.push(each)
  return all
}

describe('a list', () => {
  it('sends nothing until it is awaited or walked', async () => {
    const server = await serve(linked())
    const call = connectWith(server).run(listItems)
    await new Promise(setImmediate)
    expect(server.requests).toHaveLength(0)
    expect(await call).toEqual({ data: items.slice(0, 2), meta: { nextCursor: 'page=2' } })
    await call
    expect(server.requests).toHaveLength(1)
  })

  it('is walked one page at a time, each when the one before is used up', async () => {
    const server = await serve(linked())
    const seen: number[] = []
    for await (const { id } of connectWith(server).run(listItems)) {
      seen.push(id)
      expect(server.requests).toHaveLength(Math.ceil(id / 2))
    }
    expect(seen).toEqual([1, 2, 3, 4, 5])
    expect(server.requests.map(({ url }) => query(url))).toEqual([
      { state: 'open', per_page: '100' },
      { state: 'open', per_page: '100', page: '2' },
      { state: 'open', per_page: '100', page: '3' },
    ])
  })

  it('is fetched no further once the walk is left', async () => {
    const server = await serve(linked())
    for await (const { id } of connectWith(server).run(listItems)) if (id === 2) break
    expect(server.requests).toHaveLength(1)
  })

  it('gives pages', async () => {
    const server = await serve(linked())
    const pages = await collect(connectWith(server).run(listItems).pages())
    expect(pages.map(({ data }) => data.length)).toEqual([2, 2, 1])
    expect(pages.at(-1)?.meta).toEqual({})
  })

  it.each([
    [0, 0, 0],
    [1, 1, 1],
    [2, 2, 1],
    [3, 3, 2],
    [99, 5, 3],
  ])('maxItems %d gives %d items in %d requests', async (maxItems, found, requests) => {
    const server = await serve(linked())
    const call = connectWith(server).run(listItems, {}, { maxItems })
    expect(await collect(call)).toHaveLength(found)
    expect(server.requests).toHaveLength(requests)
  })

  it('X21 stops when aborted between items', async () => {
    const server = await serve(linked())
    const controller = new AbortController()
    const seen: number[] = []
    const walk = async () => {
      for await (const { id } of connectWith(server).run(listItems, {}, { signal: controller.signal })) {
        seen.push(id)
        if (id === 3) controller.abort()
      }
    }
    expect(await failure(walk())).toMatchObject({ name: 'AbortError' })
    expect(seen).toEqual([1, 2, 3])
    expect(server.requests).toHaveLength(2)
  })

  it('goes on from a cursor, with the limit that was asked for', async () => {
    const server = await serve(linked())
    const page = await connectWith(server).run(listItems, { limit: 2, cursor: 'page=3', state: 'closed' })
    expect(page).toEqual({ data: [{ id: 5 }], meta: {} })
    expect(query(server.requests[0]!.url)).toEqual({ state: 'closed', per_page: '2', page: '3' })
  })

  it('refuses wrong parameters when it is awaited', async () => {
    const server = await serve(linked())
    const connection = connectWith(server)
    expect(await failure(connection.run(listItems, { limit: 101 }))).toMatchObject({ code: 'INPUT_INVALID' })
    expect(await failure(connection.run(listItems, { cursor: '' }))).toMatchObject({ code: 'INPUT_INVALID' })
    expect(server.requests).toHaveLength(0)
  })

  it('refuses an answer that is no list', async () => {
    for (const body of [{ message: 'hi' }, null, 'text']) {
      const server = await serve(() => Response.json(body))
      expect(await failure(connectWith(server).run(listItems))).toMatchObject({
        name: 'ProtocolError',
        code: 'REPLY_INVALID',
      })
    }
  })
})

describe('a Link header', () => {
  it('X18 to another origin is not followed', async () => {
    const other = await serve(linked())
    const server = await serve(linked((page) => `<${other.url}/items?page=${page}>; rel="next"`))
    const error = await failure(collect(connectWith(server).run(listItems)))
    expect(error).toMatchObject({ name: 'ProtocolError', code: 'REPLY_INVALID' })
    expect(other.requests).toEqual([])
  })

  it('X18 to another path brings only its page', async () => {
    const server = await serve(linked((page) => `</admin?page=${page}&delete=all>; rel="next"`))
    expect(await collect(connectWith(server).run(listItems))).toHaveLength(5)
    expect(new Set(server.requests.map(({ url }) => url.split('?')[0]))).toEqual(new Set(['/items']))
  })

  it('X18 to the same page ends the walk', async () => {
    const server = await serve(() =>
      Response.json(items, { headers: { link: '</items?page=2>; rel="next"' } }),
    )
    const seen: unknown[] = []
    const walk = async () => {
      for await (const each of connectWith(server).run(listItems)) seen.push(each)
    }
    expect(await failure(walk())).toMatchObject({ name: 'ProtocolError' })
    expect(server.requests).toHaveLength(2)
    expect(seen.length).toBeGreaterThanOrEqual(5)
  })

  it('may name the next page beside others', async () => {
    const server = await serve(
      linked((page) => `</items?page=1>; rel="first", <?page=${page}>; title="a, b"; rel="next"`),
    )
    expect(await collect(connectWith(server).run(listItems))).toHaveLength(5)
  })

  it.each(['per_page=100', 'page=2&state=closed', 'https://example.com', '../x', '&', 'page'])(
    'X18 does not lend itself to a forged cursor: %s',
    async (cursor) => {
      const server = await serve(linked())
      const call = connectWith(server).run(listItems, { cursor })
      if (cursor === 'page') {
        await call
        expect(query(server.requests[0]!.url)).toEqual({ state: 'open', per_page: '2', page: '' })
        return
      }
      expect(await failure(call)).toMatchObject({ code: 'INPUT_INVALID', issues: [{ path: 'cursor' }] })
      expect(server.requests).toHaveLength(0)
    },
  )
})

describe('a cursor in the body', () => {
  it('is sent in the query', async () => {
    const server = await serve(({ url }) => cursorReply(query(url)['after']))
    const call = connectWith(server).run(listWith(byCursor), { colour: 'red' })
    expect(await collect(call)).toEqual(items)
    expect((await call).meta).toEqual({ nextCursor: '2', totalCount: count })
    expect(query(server.requests[1]!.url)).toEqual({ colour: 'red', limit: '2', after: '2' })
  })

  it('is sent in the body', async () => {
    const kind = cursorInBody({
      defaultLimit: 2,
      maxLimit: 2,
      items: 'results',
      next: 'paging.next.after',
      sendIn: 'body',
      cursorParameter: 'after',
    })
    const server = await serve(({ body }) => cursorReply((JSON.parse(body) as { after?: string }).after))
    const call = connectWith(server).run(listWith(kind, 'POST'), { colour: 'red' })
    expect(await collect(call)).toEqual(items)
    expect(server.requests.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { colour: 'red', limit: 2 },
      { colour: 'red', limit: 2, after: '2' },
      { colour: 'red', limit: 2, after: '3' },
    ])
  })

  it('X18 that repeats ends the walk after the items so far', async () => {
    const server = await serve(() => Response.json({ results: items, paging: { next: { after: 'again' } } }))
    const seen: unknown[] = []
    const walk = async () => {
      for await (const each of connectWith(server).run(listWith(byCursor))) seen.push(each)
    }
    const error = await failure(walk())
    expect(error).toMatchObject({ name: 'ProtocolError', code: 'REPLY_INVALID' })
    expect(error.hint).toContain('The items so far are good')
    expect(server.requests).toHaveLength(2)
    expect(seen).toHaveLength(10)
  })
})

describe('page numbers', () => {
  const kind = (total?: string) =>
    pageNumber({ defaultLimit: 2, maxLimit: 2, items: 'items', ...(total !== undefined && { total }) })
  const reply: Handler = ({ url }) =>
    Response.json({ items: slice(Number(query(url)['page']), 2), total_count: count })

  it('end with the total', async () => {
    const server = await serve(reply)
    expect(await collect(connectWith(server).run(listWith(kind('total_count'))))).toEqual(items)
    expect(server.requests.map(({ url }) => query(url)['page'])).toEqual(['1', '2', '3'])
  })

  it('end with the first empty page where there is no total', async () => {
    const server = await serve(reply)
    expect(await collect(connectWith(server).run(listWith(kind())))).toEqual(items)
    expect(server.requests).toHaveLength(4)
  })

  it('refuse a forged cursor', async () => {
    const server = await serve(reply)
    for (const cursor of ['-1', '1e3', '2&x=1', 'next', '9'.repeat(20)]) {
      const error = await failure(connectWith(server).run(listWith(kind()), { cursor }))
      expect(error.issues).toMatchObject([{ path: 'cursor' }])
    }
    expect(server.requests).toHaveLength(0)
  })
})
