import { hasRole, needs, openForWriting, openRepository, type OpenedByViewer } from '../http/access.ts'
import { created, noContent } from '../http/answers.ts'
import { either, having, integer, listOf, nullable, oneOf, readBody, required, text } from '../http/body.ts'
import { forbidden, notFound, validationFailed } from '../http/errors.ts'
import { cursorPageOf, sortBy } from '../http/pagination.ts'
import { numberInPath } from '../http/query.ts'
import { isLegacy, type GithubApp, type GithubContext } from '../http/scope.ts'
import { createIssue, lockIssue, unlockIssue, updateIssue, type IssueChanges } from '../operations/issues.ts'
import { renderIssue } from '../render/issue.ts'
import type { Issue, Repository } from '../state/types.ts'
import { issueFilter, issueOrder } from './issue-filters.ts'

const shape = {
  title: nullable(either(text, integer)),
  body: nullable(text),
  labels: listOf(either(text, having('name'))),
  assignees: listOf(either(text, having('login'))),
  assignee: nullable(text),
  milestone: nullable(either(text, integer)),
  state: oneOf('open', 'closed'),
  state_reason: nullable(oneOf('completed', 'not_planned', 'duplicate', 'reopened')),
}

export function serveIssues(app: GithubApp): void {
  app.get('/repos/:owner/:repo/issues', (c) => {
    const { scope, repository, linkRoot } = openRepository(c, needs.readIssues)
    const order = issueOrder(c)
    const wanted = issueFilter(c)
    const found = sortBy([...repository.issues.values()].filter(wanted), order)
    const page = cursorPageOf(c, found, order, `${linkRoot}/issues`)
    return c.json(page.map((issue) => renderIssue(scope, repository, issue)))
  })

  app.post('/repos/:owner/:repo/issues', async (c) => {
    const opened = openForWriting(c, needs.createIssue)
    const { scope, repository, viewer } = opened
    const { title, body, ...changes } = await readChanges(c, opened)
    const fields = { title: required(title, 'title'), body, ...changes }
    const deed = { author: viewer.account.login, now: scope.now }
    return created(c, renderIssue(scope, repository, createIssue(scope.state, repository, fields, deed)))
  })

  app.get('/repos/:owner/:repo/issues/:number', (c) => {
    const { scope, repository } = openRepository(c, needs.readIssues)
    return c.json(renderIssue(scope, repository, issueInPath(c, repository)))
  })

  app.patch('/repos/:owner/:repo/issues/:number', async (c) => {
    const opened = openForWriting(c, needs.editOwn)
    const { scope, repository, viewer, role } = opened
    const issue = issueInPath(c, repository)
    const { login } = viewer.account
    if (issue.author !== login && !hasRole(role, 'triage')) {
      throw forbidden('Must have admin rights to Repository.')
    }
    const changes = await readChanges(c, opened)
    updateIssue(scope.state, repository, issue, changes, { author: login, now: scope.now })
    return c.json(renderIssue(scope, repository, issue))
  })

  app.put('/repos/:owner/:repo/issues/:number/lock', async (c) => {
    const { repository } = openForWriting(c, needs.push)
    const issue = issueInPath(c, repository)
    const reasons = oneOf('off-topic', 'too heated', 'resolved', 'spam')
    const { lock_reason: reason = null } = await readBody(c, { lock_reason: nullable(reasons) })
    lockIssue(issue, reason)
    return noContent(c)
  })

  app.delete('/repos/:owner/:repo/issues/:number/lock', (c) => {
    const { repository } = openForWriting(c, needs.push)
    unlockIssue(issueInPath(c, repository))
    return noContent(c)
  })
}

export function issueInPath(c: GithubContext, repository: Repository): Issue {
  const issue = repository.issues.get(numberInPath(c, 'number'))
  if (!issue) throw notFound()
  return issue
}

/** What a body changes; labels and assignees of those who may not triage are dropped without a word. */
async function readChanges(c: GithubContext, { scope, role }: OpenedByViewer): Promise<IssueChanges> {
  const body = await readBody(c, shape)
  if (body.milestone !== undefined && body.milestone !== null) {
    throw validationFailed([
      { resource: 'Issue', code: 'invalid', field: 'milestone', value: body.milestone },
    ])
  }
  const title = body.title === null || body.title === undefined ? undefined : String(body.title)
  const changes: IssueChanges = { title, body: body.body, state: body.state, stateReason: body.state_reason }
  if (!hasRole(role, 'triage')) return changes
  const labels = body.labels?.map((label) => (typeof label === 'string' ? label : label.name))
  let assignees = body.assignees?.map((one) => (typeof one === 'string' ? one : one.login))
  if (isLegacy(scope) && body.assignee !== undefined)
    assignees ??= body.assignee === null ? [] : [body.assignee]
  return { ...changes, labels, assignees }
}
