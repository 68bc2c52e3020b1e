import { validationFailed } from '../http/errors.ts'
import type { Order } from '../http/pagination.ts'
import { choice, timeQuery } from '../http/query.ts'
import type { GithubContext } from '../http/scope.ts'
import { keyOf } from '../state/lookup.ts'
import type { Issue } from '../state/types.ts'

const resource = 'Issue'

/** The issues that the query of a list asks for. */
export function issueFilter(c: GithubContext): (issue: Issue) => boolean {
  const state = choice(c, resource, 'state', ['open', 'closed', 'all'])
  const since = timeQuery(c, resource, 'since')
  const labels = (c.req.query('labels') ?? '').split(',').map((name) => keyOf(name.trim()))
  const wantedLabels = labels.filter((name) => name !== '')
  const { creator, assignee, mentioned, milestone } = c.req.query()
  if (milestone !== undefined && !/^(\*|none|\d+)$/.test(milestone)) {
    throw validationFailed([{ resource, code: 'invalid', field: 'milestone', value: milestone }])
  }

  return (issue) => {
    if (state !== 'all' && issue.state !== state) return false
    if (since !== undefined && issue.updatedAt < since) return false
    if (creator !== undefined && keyOf(issue.author) !== keyOf(creator)) return false
    if (assignee !== undefined && !isAssigned(issue, assignee)) return false
    if (mentioned !== undefined && !mentions(issue, mentioned)) return false
    if (milestone !== undefined && milestone !== 'none') return false
    return wantedLabels.every((name) => hasLabel(issue, name))
  }
}

/** `sort` and `direction` of a list of issues. */
export function issueOrder(c: GithubContext): Order<Issue> {
  const sort = choice(c, resource, 'sort', ['created', 'updated', 'comments'])
  const direction = choice(c, resource, 'direction', ['desc', 'asc'])
  return { key: issueKeys[sort], tie: (issue) => issue.number, direction }
}

export const issueKeys = {
  created: (issue: Issue): number => issue.createdAt,
  updated: (issue: Issue): number => issue.updatedAt,
  comments: (issue: Issue): number => issue.comments.length,
}

export function hasLabel(issue: Issue, name: string): boolean {
  return issue.labels.some((label) => keyOf(label.name) === keyOf(name))
}

/** Whether a login is assigned; `*` stands for anybody, `none` for nobody. */
export function isAssigned(issue: Issue, login: string): boolean {
  if (login === '*') return issue.assignees.length > 0
  if (login === 'none') return issue.assignees.length === 0
  return issue.assignees.some((assignee) => keyOf(assignee) === keyOf(login))
}

export function mentions(issue: Issue, login: string): boolean {
  const mention = `@${keyOf(login)}`
  return [issue.body ?? '', ...issue.comments.map(({ body }) => body)].some((text) =>
    keyOf(text)
      .split(/[^@\w-]+/)
      .includes(mention),
  )
}

/** Whether a login has a part in an issue: wrote, was assigned, commented or was mentioned. */
export function isInvolved(issue: Issue, login: string): boolean {
  const isAuthor = (one: { author: string }): boolean => keyOf(one.author) === keyOf(login)
  return (
    isAuthor(issue) || isAssigned(issue, login) || issue.comments.some(isAuthor) || mentions(issue, login)
  )
}
