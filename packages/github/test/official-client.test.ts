import { Octokit } from '@octokit/rest'
import { describe, expect, it } from 'vitest'
import { place, useGithub } from './world.ts'

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

describe('beside the official client', () => {
  const world = useGithub()
  const octokit = () => new Octokit({ baseUrl: world.emulator.url, auth: 'test-token-1', log })
  const collect = async (items: AsyncIterable<{ number: number }>) => {
    const numbers: number[] = []
    for await (const { number } of items) numbers.push(number)
    return numbers
  }
  const numbersOf = (items: { number: number }[]) => items.map(({ number }) => number)

  it('lists the same issues', async () => {
    const query = { ...place, state: 'all' } as const
    const theirs = await octokit().paginate('GET /repos/{owner}/{repo}/issues', query)
    expect(theirs.length).toBeGreaterThan(1)
    expect(await collect(world.connect().issues.list(query))).toEqual(numbersOf(theirs))
  })

  it('lists the same pull requests', async () => {
    const theirs = await octokit().rest.pulls.list(place)
    expect(theirs.data.length).toBeGreaterThan(0)
    expect(await collect(world.connect().pull_requests.list(place))).toEqual(numbersOf(theirs.data))
  })

  it('finds the same issues', async () => {
    const q = 'org:harborworks is:issue is:open'
    const { data } = await octokit().rest.search.issuesAndPullRequests({ q })
    const ours = await world.connect().issues.search({ q })
    expect(ours.meta.totalCount).toBe(data.total_count)
    expect(numbersOf(ours.data)).toEqual(numbersOf(data.items))
  })

  it('reads what the other wrote', async () => {
    const { data: theirs } = await octokit().rest.issues.create({ ...place, title: 'By octokit' })
    const ours = await world.connect().issues.get({ ...place, issue_number: theirs.number })
    expect(theirs).toMatchObject(ours)
    const made = await world.connect().labels.create({ ...place, name: 'area: api', color: '0075ca' })
    const { data: label } = await octokit().rest.issues.getLabel({ ...place, name: made.name })
    expect(label).toMatchObject(made)
  })
})
