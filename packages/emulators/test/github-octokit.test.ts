import { Octokit } from '@octokit/rest'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createGithubEmulator, type GithubEmulator } from '../src/index.ts'

let emulator: GithubEmulator

beforeAll(async () => {
  emulator = await createGithubEmulator()
})

beforeEach(() => {
  emulator.reset()
})

afterAll(async () => {
  await emulator.close()
})

const place = { owner: 'harborworks', repo: 'billing-portal' }

/** The client writes warnings and errors to the console unless told otherwise. */
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

describe.each([
  ['the paths of github.com', ''],
  ['the paths of an Enterprise Server', '/api/v3'],
])('@octokit/rest on %s', (_name, prefix) => {
  let octokit: Octokit

  beforeEach(() => {
    octokit = new Octokit({ baseUrl: `${emulator.url}${prefix}`, auth: 'test-token-1', log })
  })

  test('gets the authenticated user', async () => {
    const { data, headers } = await octokit.rest.users.getAuthenticated()
    expect(data).toMatchObject({ login: 'maria-silva', name: 'Maria Silva', type: 'User' })
    expect(data.url).toBe(`${emulator.url}${prefix}/users/maria-silva`)
    expect(headers['x-oauth-scopes']).toBe('repo, user')
  })

  test('gets and lists repositories', async () => {
    const { data } = await octokit.rest.repos.get(place)
    expect(data).toMatchObject({ full_name: 'harborworks/billing-portal', private: false })
    expect(data).toMatchObject({ permissions: { admin: true }, organization: { login: 'harborworks' } })
    expect(data.issues_url).toBe(`${emulator.url}${prefix}/repos/harborworks/billing-portal/issues{/number}`)

    const own = await octokit.paginate(octokit.rest.repos.listForAuthenticatedUser, { per_page: 1 })
    expect(own.map((repository) => repository.full_name)).toEqual([
      'harborworks/billing-portal',
      'harborworks/infrastructure',
      'maria-silva/dotfiles',
    ])
    const ofUser = await octokit.rest.repos.listForUser({ username: 'maria-silva' })
    expect(ofUser.data.map((repository) => repository.name)).toEqual(['dotfiles'])
    const ofOrg = await octokit.rest.repos.listForOrg({ org: 'harborworks' })
    expect(ofOrg.data.map((repository) => repository.name)).toEqual(['infrastructure', 'billing-portal'])
  })

  test('searches repositories', async () => {
    const { data } = await octokit.rest.search.repos({ q: 'invoices org:harborworks' })
    expect(data).toMatchObject({ total_count: 1, incomplete_results: false })
    expect(data.items[0]!.full_name).toBe('harborworks/billing-portal')
  })

  test('creates and updates repositories', async () => {
    const own = await octokit.rest.repos.createForAuthenticatedUser({ name: 'notes', private: true })
    expect(own).toMatchObject({ status: 201, headers: { location: own.data.url } })
    expect(own.data).toMatchObject({ full_name: 'maria-silva/notes', visibility: 'private' })

    const ofOrg = await octokit.rest.repos.createInOrg({ org: 'harborworks', name: 'docs', has_wiki: false })
    expect(ofOrg.data).toMatchObject({ full_name: 'harborworks/docs', has_wiki: false })

    const changed = await octokit.rest.repos.update({
      owner: 'harborworks',
      repo: 'docs',
      name: 'handbook',
      description: 'How we work',
      archived: true,
    })
    expect(changed.data).toMatchObject({ name: 'handbook', description: 'How we work', archived: true })
    expect(emulator.state.repositories.has('harborworks/handbook')).toBe(true)
    // The client follows the redirect of the former name.
    const former = await octokit.rest.repos.get({ owner: 'harborworks', repo: 'docs' })
    expect(former.data.full_name).toBe('harborworks/handbook')
  })

  test('lists issues by filter and walks their cursors', async () => {
    const numbers = async (filter: object): Promise<number[]> =>
      (await octokit.paginate(octokit.rest.issues.listForRepo, { ...place, per_page: 1, ...filter })).map(
        (issue) => issue.number,
      )
    expect(await numbers({})).toEqual([4, 2, 1])
    expect(await numbers({ state: 'all', direction: 'asc' })).toEqual([3, 1, 2, 4])
    expect(await numbers({ state: 'closed' })).toEqual([3])
    expect(await numbers({ labels: 'BUG' })).toEqual([1])
    expect(await numbers({ labels: 'bug,enhancement', state: 'all' })).toEqual([])
    expect(await numbers({ creator: 'tom-becker' })).toEqual([4, 2])
    expect(await numbers({ assignee: 'tom-becker' })).toEqual([1])
    expect(await numbers({ assignee: 'none', state: 'all', sort: 'updated' })).toEqual([4, 2, 3])
    expect(await numbers({ since: '2026-09-10T00:00:00Z' })).toEqual([4, 2])
  })

  test('lists issues of the authenticated user', async () => {
    await octokit.rest.issues.update({ ...place, issue_number: 2, assignees: ['maria-silva'] })
    const assigned = await octokit.rest.issues.list()
    expect(assigned.data.map((issue) => issue.title)).toEqual(['Add Portuguese translations'])
    expect(assigned.data[0]!.repository?.full_name).toBe('harborworks/billing-portal')
    const createdByMe = await octokit.paginate(octokit.rest.issues.list, { filter: 'created', per_page: 1 })
    expect(createdByMe.map((issue) => issue.number)).toEqual([1, 1])
    const all = await octokit.rest.issues.listForAuthenticatedUser({ filter: 'all', state: 'all' })
    expect(all.data).toHaveLength(5)
  })

  test('searches issues and pull requests by qualifiers', async () => {
    const found = async (q: string): Promise<string[]> =>
      (await octokit.paginate(octokit.rest.search.issuesAndPullRequests, { q, per_page: 1 })).map(
        (issue) => `${issue.repository_url.split('/').at(-1)!}#${issue.number}`,
      )
    expect(await found('is:issue repo:harborworks/billing-portal')).toEqual([
      'billing-portal#2',
      'billing-portal#1',
      'billing-portal#3',
    ])
    expect(await found('is:pr org:harborworks is:open')).toEqual(['billing-portal#4'])
    expect(await found('is:issue csv')).toEqual(['billing-portal#1'])
    expect(await found('is:issue user:harborworks state:closed label:bug')).toEqual(['billing-portal#3'])
    expect(await found('is:issue author:tom-becker')).toEqual(['billing-portal#2'])
    expect(await found('is:issue assignee:tom-becker in:title,body "last invoice"')).toEqual([
      'billing-portal#1',
    ])
    expect(await found('is:issue in:title "last invoice"')).toEqual([])
    expect(await found('is:issue is:open -label:bug repo:harborworks/billing-portal')).toEqual([
      'billing-portal#2',
    ])
    expect(await found('is:issue (safari OR passwords)')).toEqual(['infrastructure#1', 'billing-portal#3'])
    expect(await found('is:issue created:<2026-08-31')).toEqual(['billing-portal#3'])
  })

  test('gets, creates and updates issues', async () => {
    const created = await octokit.rest.issues.create({
      ...place,
      title: 'Invoice totals are rounded twice',
      body: 'See ticket 17.',
      labels: ['bug', 'finance'],
      assignees: ['tom-becker'],
    })
    expect(created).toMatchObject({ status: 201, headers: { location: created.data.url } })
    const { data } = await octokit.rest.issues.get({ ...place, issue_number: created.data.number })
    expect(data).toMatchObject({ number: 5, state: 'open', comments: 0, user: { login: 'maria-silva' } })
    expect(data.labels.map((label) => (typeof label === 'string' ? label : label.name))).toEqual([
      'bug',
      'finance',
    ])
    expect(data.pull_request).toBeUndefined()
    expect(data.reactions?.['+1']).toBe(0)

    const closed = await octokit.rest.issues.update({
      ...place,
      issue_number: 5,
      state: 'closed',
      state_reason: 'not_planned',
      labels: [],
    })
    expect(closed.data).toMatchObject({ state: 'closed', state_reason: 'not_planned', labels: [] })
    expect(closed.data.closed_by?.login).toBe('maria-silva')
    const reopened = await octokit.rest.issues.update({ ...place, issue_number: 5, state: 'open' })
    expect(reopened.data).toMatchObject({ state: 'open', state_reason: 'reopened', closed_at: null })
  })

  test('locks and unlocks issues', async () => {
    const locked = await octokit.rest.issues.lock({ ...place, issue_number: 1, lock_reason: 'resolved' })
    expect(locked.status).toBe(204)
    const { data } = await octokit.rest.issues.get({ ...place, issue_number: 1 })
    expect(data).toMatchObject({ locked: true, active_lock_reason: 'resolved' })
    await octokit.rest.issues.unlock({ ...place, issue_number: 1 })
    expect((await octokit.rest.issues.get({ ...place, issue_number: 1 })).data.locked).toBe(false)
  })

  test('lists, gets, creates, updates and deletes comments', async () => {
    const created = await octokit.rest.issues.createComment({ ...place, issue_number: 1, body: 'On it.' })
    expect(created).toMatchObject({ status: 201, headers: { location: created.data.url } })
    const comment = { ...place, comment_id: created.data.id }
    expect((await octokit.rest.issues.getComment(comment)).data.body).toBe('On it.')
    expect((await octokit.rest.issues.updateComment({ ...comment, body: 'Done.' })).data.body).toBe('Done.')
    const all = await octokit.paginate(octokit.rest.issues.listComments, {
      ...place,
      issue_number: 1,
      per_page: 1,
    })
    expect(all.map(({ body }) => body)).toEqual(['It happens with every list above 100 rows.', 'Done.'])
    expect((await octokit.rest.issues.listCommentsForRepo(place)).data).toHaveLength(2)
    expect((await octokit.rest.issues.deleteComment(comment)).status).toBe(204)
    await expect(octokit.rest.issues.getComment(comment)).rejects.toMatchObject({ status: 404 })
    expect((await octokit.rest.issues.get({ ...place, issue_number: 1 })).data.comments).toBe(1)
  })

  test('lists, gets, creates and updates pull requests', async () => {
    const listed = await octokit.rest.pulls.list(place)
    expect(listed.data.map((pull) => [pull.number, pull.head.ref])).toEqual([[4, 'fix-csv-export']])
    expect(listed.data[0]).not.toHaveProperty('mergeable')

    const fields = { head: 'harborworks:retry-webhooks', base: 'main', title: 'Retry webhooks', draft: true }
    const created = await octokit.rest.pulls.create({ ...place, ...fields })
    expect(created).toMatchObject({
      status: 201,
      data: { number: 5, draft: true, merged: false, additions: 24 },
    })
    const changed = await octokit.rest.pulls.update({
      ...place,
      pull_number: 5,
      title: 'Retry',
      state: 'closed',
    })
    expect(changed.data).toMatchObject({ title: 'Retry', state: 'closed' })
    const { data } = await octokit.rest.pulls.get({ ...place, pull_number: 5 })
    expect(data).toMatchObject({ head: { label: 'harborworks:retry-webhooks' }, base: { ref: 'main' } })
    expect(data.base.repo.full_name).toBe('harborworks/billing-portal')

    const closed = await octokit.paginate(octokit.rest.pulls.list, { ...place, state: 'closed' })
    expect(closed.map((pull) => pull.number)).toEqual([5])
    const ofHead = await octokit.rest.pulls.list({
      ...place,
      state: 'all',
      head: 'harborworks:fix-csv-export',
    })
    expect(ofHead.data.map((pull) => pull.number)).toEqual([4])
  })

  test('lists files and reviews of a pull request, and merges it', async () => {
    const pull = { ...place, pull_number: 4 }
    const files = await octokit.paginate(octokit.rest.pulls.listFiles, pull)
    expect(files).toMatchObject([{ filename: 'src/export/csv.ts', status: 'modified', changes: 4 }])
    const reviews = await octokit.rest.pulls.listReviews(pull)
    expect(reviews.data).toMatchObject([{ state: 'APPROVED', user: { login: 'maria-silva' } }])

    await expect(octokit.rest.pulls.merge({ ...pull, sha: 'outdated' })).rejects.toMatchObject({
      status: 409,
    })
    const merged = await octokit.rest.pulls.merge({ ...pull, merge_method: 'squash' })
    expect(merged.data).toMatchObject({ merged: true, message: 'Pull Request successfully merged' })
    expect((await octokit.rest.pulls.get(pull)).data).toMatchObject({ merged: true, state: 'closed' })
    await expect(octokit.rest.pulls.merge(pull)).rejects.toMatchObject({ status: 405 })
  })

  test('lists, gets, creates, updates and deletes labels, whatever is in their names', async () => {
    const name = 'area/csv: 100% #1?'
    const created = await octokit.rest.issues.createLabel({ ...place, name, color: 'FBCA04' })
    expect(created).toMatchObject({ status: 201, data: { name, color: 'fbca04', default: false } })
    expect((await octokit.rest.issues.getLabel({ ...place, name })).data.id).toBe(created.data.id)
    const renamed = await octokit.rest.issues.updateLabel({
      ...place,
      name,
      new_name: 'area/csv',
      description: 'x',
    })
    expect(renamed.data).toMatchObject({ name: 'area/csv', color: 'fbca04', description: 'x' })
    const all = await octokit.paginate(octokit.rest.issues.listLabelsForRepo, { ...place, per_page: 3 })
    expect(all).toHaveLength(10)
    expect((await octokit.rest.issues.deleteLabel({ ...place, name: 'area/csv' })).status).toBe(204)
    await expect(octokit.rest.issues.getLabel({ ...place, name: 'area/csv' })).rejects.toMatchObject({
      status: 404,
    })
  })

  test('lists, adds, sets and removes labels of an issue', async () => {
    const issue = { ...place, issue_number: 1 }
    const names = (labels: { name: string }[]): string[] => labels.map((label) => label.name)
    expect(names((await octokit.rest.issues.listLabelsOnIssue(issue)).data)).toEqual(['bug'])
    const added = await octokit.rest.issues.addLabels({ ...issue, labels: ['bug', 'area/csv'] })
    expect(names(added.data)).toEqual(['bug', 'area/csv'])
    const left = await octokit.rest.issues.removeLabel({ ...issue, name: 'area/csv' })
    expect(names(left.data)).toEqual(['bug'])
    await expect(octokit.rest.issues.removeLabel({ ...issue, name: 'area/csv' })).rejects.toMatchObject({
      status: 404,
    })
    expect(names((await octokit.rest.issues.setLabels({ ...issue, labels: ['question'] })).data)).toEqual([
      'question',
    ])
    expect((await octokit.rest.issues.removeAllLabels(issue)).status).toBe(204)
    expect(emulator.state.repositories.get('harborworks/billing-portal')!.issues.get(1)!.labels).toEqual([])
  })

  test('reports validation errors that the client can read', async () => {
    const failure = octokit.rest.issues.createLabel({ ...place, name: 'Bug', color: 'red' })
    await expect(failure).rejects.toMatchObject({
      status: 422,
      response: {
        data: {
          message: 'Validation Failed',
          errors: [
            { resource: 'Label', code: 'already_exists', field: 'name' },
            { resource: 'Label', code: 'invalid', field: 'color' },
          ],
          status: '422',
        },
      },
    })
  })
})
