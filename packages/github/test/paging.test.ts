import type { GithubSeed } from '@agent/emulators'
import { describe, expect, it } from 'vitest'
import { failureOf, useGithub } from './world.ts'

const author = 'maria-silva'
const acme = { owner: 'maria-silva', repo: 'many' }
const total = 230

const seed: GithubSeed = {
  users: [{ login: author }],
  tokens: [{ token: 'test-token-1', login: author, scopes: ['repo'] }],
  repositories: [
    {
      owner: author,
      name: 'many',
      labels: Array.from({ length: 101 }, (_, index) => ({ name: `label-${index}` })),
      issues: Array.from({ length: total }, (_, index) => ({ title: `Issue ${index + 1}`, author })),
    },
  ],
}

describe('walking lists', () => {
  const world = useGithub({ seed })
  const sent = (): Record<string, string | undefined>[] =>
    world.emulator.requests.map(({ path, query }) => ({ path, ...query }))

  it('walks a list that links by cursor, in pages of 100', async () => {
    const github = world.connect()
    const numbers: number[] = []
    for await (const { number } of github.issues.list({ ...acme, state: 'all' })) numbers.push(number)

    expect(numbers).toEqual(Array.from({ length: total }, (_, index) => total - index))
    const path = '/repos/maria-silva/many/issues'
    const after = expect.any(String) as string
    expect(sent()).toEqual([
      { path, state: 'all', per_page: '100' },
      { path, state: 'all', per_page: '100', after, page: '2' },
      { path, state: 'all', per_page: '100', after, page: '3' },
    ])
  })

  it('walks a list that links by page number', async () => {
    const pages: number[] = []
    for await (const { data } of world.connect().labels.list(acme).pages()) pages.push(data.length)
    expect(pages).toEqual([100, 1])
    expect(sent().map((query) => query['page'])).toEqual([undefined, '2'])
  })

  it('keeps a filter named `since` on every page', async () => {
    const since = '2020-01-01T00:00:00Z'
    const list = world
      .connect()
      .issues.list({ ...acme, since, sort: 'created', direction: 'asc', limit: 100 })
    const pages = []
    for await (const { meta } of list.pages()) pages.push(meta.nextCursor)
    expect(pages).toHaveLength(3)
    expect(sent().map((query) => query['since'])).toEqual([since, since, since])
    expect(pages[0]).not.toContain('since')
  })

  it('goes on from a cursor that was handed out, without looking back', async () => {
    const github = world.connect()
    const first = await github.issues.list({ ...acme, limit: 2 })
    expect(first.data.map(({ number }) => number)).toEqual([230, 229])
    const second = await github.issues.list({ ...acme, limit: 2, cursor: first.meta.nextCursor! })
    expect(second.data.map(({ number }) => number)).toEqual([228, 227])
  })

  it('stops at maxItems and asks for no more than that', async () => {
    const numbers: number[] = []
    for await (const { number } of world.connect().issues.list(acme, { maxItems: 3 })) numbers.push(number)
    expect(numbers).toEqual([230, 229, 228])
    expect(sent().map((query) => query['per_page'])).toEqual(['3'])
  })

  it('counts all results of a search, and walks them', async () => {
    const found = world.connect().issues.search({ q: 'repo:maria-silva/many' })
    expect((await found).meta.totalCount).toBe(total)
    const numbers = new Set<number>()
    for await (const { number } of found) numbers.add(number)
    expect(numbers.size).toBe(total)
  })

  it('refuses a cursor that it did not hand out, before sending anything', async () => {
    const call = world.connect().issues.list({ ...acme, cursor: 'per_page=100&owner=other' })
    expect(await failureOf(call)).toMatchObject({ code: 'INPUT_INVALID', outcome: 'not_sent' })
    expect(world.emulator.requests).toEqual([])
  })
})
