import { expect } from 'vitest'
import { failureOf, place, token } from '../world.ts'
import { describeEntity } from './describe-entity.ts'

describeEntity('issues', {
  async list({ github }) {
    const { data } = await github.issues.list({ ...place, labels: ['bug'], state: 'all' })
    expect(data.map(({ number, state }) => [number, state])).toEqual([
      [1, 'open'],
      [3, 'closed'],
    ])
    const unassigned = await github.issues.list({ ...place, assignee: 'none', creator: 'tom-becker' })
    // Pull requests are among them.
    expect(unassigned.data.map(({ number }) => number)).toEqual([4, 2])
    expect(unassigned.data[0]?.pull_request?.html_url).toContain('/pull/4')
    const recent = await github.issues.list({ ...place, since: '2026-09-14T12:00:00+02:00', state: 'all' })
    expect(recent.data.map(({ number }) => number)).toEqual([4, 2])
  },

  async get({ github }) {
    const found = await github.issues.get({ ...place, issue_number: 1 })
    expect(found).toMatchObject({
      title: 'CSV export drops the last row',
      labels: [{ name: 'bug' }],
      assignees: [{ login: 'tom-becker' }],
      comments: 1,
    })
    expect(found).not.toHaveProperty('node_id')
  },

  async search({ github, world }) {
    const { data, meta } = await github.issues.search({ q: 'repo:harborworks/billing-portal CSV' })
    // The pull request that is about CSV too is left out.
    expect(data.map(({ number }) => number)).toEqual([1])
    expect(meta.totalCount).toBe(1)
    expect(world.emulator.requests.at(-1)?.query['q']).toBe('repo:harborworks/billing-portal CSV is:issue')
  },

  async create({ github, repository }) {
    const made = await github.issues.create({
      ...place,
      title: 'Totals are rounded twice',
      body: 'See **invoice 4**.',
      labels: ['bug'],
      assignees: ['tom-becker'],
    })
    expect(made).toMatchObject({ number: 5, state: 'open', labels: [{ name: 'bug' }] })
    expect(repository().issues.get(5)).toMatchObject({
      title: 'Totals are rounded twice',
      body: 'See **invoice 4**.',
      author: 'maria-silva',
      assignees: ['tom-becker'],
    })
  },

  async update({ github, repository }) {
    const changed = await github.issues.update({
      ...place,
      issue_number: 2,
      state: 'closed',
      state_reason: 'not_planned',
      labels: [],
    })
    expect(changed).toMatchObject({ state: 'closed', state_reason: 'not_planned', labels: [] })
    expect(repository().issues.get(2)).toMatchObject({ title: 'Add Portuguese translations', labels: [] })
    const emptied = await github.issues.update({ ...place, issue_number: 1, body: null })
    expect(emptied.body).toBeNull()
  },

  async lock({ github, world, repository }) {
    const done = await github.issues.lock({ ...place, issue_number: 2, lock_reason: 'too heated' })
    expect(done).toBeNull()
    expect(repository().issues.get(2)).toMatchObject({ locked: true, lockReason: 'too heated' })
    await github.issues.lock({ ...place, issue_number: 1 })
    expect(repository().issues.get(1)).toMatchObject({ locked: true, lockReason: null })
    expect(world.emulator.requests.at(-1)).toMatchObject({ method: 'PUT', status: 204 })
  },

  async unlock({ github, world, repository }) {
    await github.issues.lock({ ...place, issue_number: 2 })
    expect(await github.issues.unlock({ ...place, issue_number: 2 })).toBeNull()
    expect(repository().issues.get(2)).toMatchObject({ locked: false })
    const outsider = world.connect({ auth: token('test-token-no-scopes') })
    const error = await failureOf(outsider.issues.unlock({ ...place, issue_number: 2 }))
    expect(error).toMatchObject({ code: 'PERMISSION_DENIED', outcome: 'rejected' })
  },
})
