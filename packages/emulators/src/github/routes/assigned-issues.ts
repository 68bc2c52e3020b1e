import { canSee, requireUser } from '../http/access.ts'
import { pageOf } from '../http/pagination.ts'
import { choice } from '../http/query.ts'
import type { GithubApp, GithubContext } from '../http/scope.ts'
import { renderIssueWithRepository } from '../render/issue.ts'
import { keyOf } from '../state/lookup.ts'
import type { Issue, Repository } from '../state/types.ts'
import { isAssigned, isInvolved, issueFilter, issueOrder, mentions } from './issue-filters.ts'
import { affiliationOf } from './repositories.ts'

/** Issues over all repositories that the viewer has a part in. */
export function serveAssignedIssues(app: GithubApp): void {
  app.get('/issues', (c) => listForViewer(c, '/issues'))
  app.get('/user/issues', (c) => listForViewer(c, '/user/issues'))
}

function listForViewer(c: GithubContext, path: string): Response {
  const scope = c.get('scope')
  const { login } = requireUser(scope).account
  const filter = choice(c, 'Issue', 'filter', [
    'assigned',
    'created',
    'mentioned',
    'subscribed',
    'repos',
    'all',
  ])
  const wanted = issueFilter(c)
  const { key, direction } = issueOrder(c)

  const found: { repository: Repository; issue: Issue }[] = []
  for (const repository of scope.state.repositories.values()) {
    if (!canSee(scope, repository)) continue
    const isMember = affiliationOf(scope, repository, login) !== undefined
    if (!isMember && (path === '/user/issues' || filter === 'repos')) continue
    for (const issue of repository.issues.values()) {
      if (wanted(issue) && concerns(issue, filter, login, isMember)) found.push({ repository, issue })
    }
  }
  const sign = direction === 'asc' ? 1 : -1
  found.sort((a, b) => sign * (key(a.issue) - key(b.issue) || a.issue.id - b.issue.id))
  const page = pageOf(c, found, path)
  return c.json(page.map(({ repository, issue }) => renderIssueWithRepository(scope, repository, issue)))
}

function concerns(issue: Issue, filter: string, login: string, isMember: boolean): boolean {
  switch (filter) {
    case 'assigned':
      return isAssigned(issue, login)
    case 'created':
      return keyOf(issue.author) === keyOf(login)
    case 'mentioned':
      return mentions(issue, login)
    case 'subscribed':
      return isInvolved(issue, login)
    default:
      return isMember || isInvolved(issue, login)
  }
}
