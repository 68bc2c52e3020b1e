import { expect } from 'vitest'
import { failureOf, place } from '../world.ts'
import { describeEntity } from './describe-entity.ts'

const csv = { ...place, pull_number: 4 }

describeEntity('pull_requests', {
  async list({ github }) {
    const { data } = await github.pull_requests.list(place)
    expect(data).toMatchObject([
      {
        number: 4,
        head: { ref: 'fix-csv-export', repo: { full_name: 'harborworks/billing-portal' } },
        base: { ref: 'main' },
        requested_reviewers: [{ login: 'maria-silva' }],
        merged_at: null,
      },
    ])
    const ofOther = await github.pull_requests.list({ ...place, head: 'harborworks:retry-webhooks' })
    expect(ofOther.data).toEqual([])
  },

  async get({ github }) {
    expect(await github.pull_requests.get(csv)).toMatchObject({
      title: 'Keep the last row in CSV exports',
      merged: false,
      mergeable: true,
      changed_files: 1,
      additions: 2,
    })
  },

  async search({ github }) {
    const { data, meta } = await github.pull_requests.search({ q: 'CSV org:harborworks' })
    expect(data).toMatchObject([{ number: 4, draft: false, pull_request: { merged_at: null } }])
    expect(meta.totalCount).toBe(1)
  },

  async create({ github, repository }) {
    const made = await github.pull_requests.create({
      ...place,
      title: 'Retry webhooks',
      head: 'retry-webhooks',
      base: 'main',
      body: 'They fail now and then.',
      draft: true,
    })
    expect(made).toMatchObject({ number: 5, draft: true, head: { ref: 'retry-webhooks' } })
    expect(repository().issues.get(5)?.pullRequest).toMatchObject({ draft: true })
    const again = { ...place, title: 'Again', head: 'retry-webhooks', base: 'main' }
    expect(await failureOf(github.pull_requests.create(again))).toMatchObject({
      code: 'REQUEST_REJECTED',
      message: expect.stringContaining(
        'A pull request already exists for harborworks:retry-webhooks.',
      ) as string,
    })
  },

  async update({ github, repository }) {
    const changed = await github.pull_requests.update({ ...csv, title: 'Keep all rows', state: 'closed' })
    expect(changed).toMatchObject({ title: 'Keep all rows', state: 'closed', merged: false })
    expect(repository().issues.get(4)).toMatchObject({ title: 'Keep all rows', body: 'Closes #1.' })
  },

  async listFiles({ github }) {
    const { data } = await github.pull_requests.listFiles(csv)
    expect(data).toEqual([
      {
        filename: 'src/export/csv.ts',
        status: 'modified',
        additions: 2,
        deletions: 2,
        changes: 4,
        patch: '@@ -10,4 +10,4 @@ export function toCsv(rows: Row[])',
      },
    ])
  },

  async merge({ github, repository }) {
    const stale = await failureOf(github.pull_requests.merge({ ...csv, sha: '0'.repeat(40) }))
    expect(stale).toMatchObject({ code: 'CONFLICT', status: 409, outcome: 'rejected' })
    const { head } = await github.pull_requests.get(csv)
    const merged = await github.pull_requests.merge({ ...csv, sha: head.sha, merge_method: 'squash' })
    expect(merged).toMatchObject({ merged: true, sha: expect.stringMatching(/^[0-9a-f]{40}$/) as string })
    expect(repository().issues.get(4)).toMatchObject({
      state: 'closed',
      pullRequest: { mergedBy: 'maria-silva' },
    })
    expect(await failureOf(github.pull_requests.merge(csv))).toMatchObject({
      code: 'REQUEST_REJECTED',
      status: 405,
      hint: expect.stringContaining('mergeable') as string,
    })
  },

  async listReviews({ github }) {
    const { data } = await github.pull_requests.listReviews(csv)
    expect(data).toMatchObject([{ user: { login: 'maria-silva' }, state: 'APPROVED', body: 'Thank you!' }])
  },
})
