import { expect } from 'vitest'
import { failureOf, place } from '../world.ts'
import { describeEntity } from './describe-entity.ts'

const onIssue = { ...place, issue_number: 2 }
const names = (labels: { name: string }[]) => labels.map(({ name }) => name)

describeEntity('labels', {
  async list({ github }) {
    const { data } = await github.labels.list(place)
    expect(data).toContainEqual({ name: 'bug', color: 'd73a4a', description: "Something isn't working" })
  },

  async get({ github }) {
    const found = await github.labels.get({ ...place, name: 'Good First Issue' })
    expect(found).toMatchObject({ name: 'good first issue', color: '7057ff' })
  },

  async create({ github, repository }) {
    const made = await github.labels.create({ ...place, name: 'area/exports', color: 'C2E0C6' })
    expect(made).toEqual({ name: 'area/exports', color: 'c2e0c6', description: null })
    expect(repository().labels.has('area/exports')).toBe(true)
    // A slash in the name stays in its segment of the path.
    expect(await github.labels.get({ ...place, name: 'area/exports' })).toEqual(made)
  },

  async update({ github, repository }) {
    const changed = await github.labels.update({ ...place, name: 'bug', new_name: 'defect' })
    expect(changed).toMatchObject({ name: 'defect', color: 'd73a4a' })
    expect(
      repository()
        .issues.get(1)
        ?.labels.map(({ name }) => name),
    ).toEqual(['defect'])
  },

  async delete({ github, repository }) {
    expect(await github.labels.delete({ ...place, name: 'bug' })).toBeNull()
    expect(repository().labels.has('bug')).toBe(false)
    expect(repository().issues.get(1)?.labels).toEqual([])
  },

  async listForIssue({ github }) {
    const { data } = await github.labels.listForIssue(onIssue)
    expect(names(data)).toEqual(['enhancement', 'good first issue'])
  },

  async addToIssue({ github }) {
    const all = await github.labels.addToIssue({ ...onIssue, labels: ['bug', 'enhancement'] })
    expect(names(all)).toEqual(['enhancement', 'good first issue', 'bug'])
  },

  async removeFromIssue({ github }) {
    const left = await github.labels.removeFromIssue({ ...onIssue, name: 'good first issue' })
    expect(names(left)).toEqual(['enhancement'])
    const error = await failureOf(github.labels.removeFromIssue({ ...onIssue, name: 'good first issue' }))
    expect(error).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('Label does not exist') as string,
    })
  },
})
