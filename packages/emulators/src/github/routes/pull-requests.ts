import { hasRole, needs, openForWriting, openRepository } from '../http/access.ts'
import { created } from '../http/answers.ts'
import { flag, integer, nullable, oneOf, readBody, required, text } from '../http/body.ts'
import { forbidden, invalidRequest, notFound } from '../http/errors.ts'
import { pageOf, sortBy } from '../http/pagination.ts'
import { choice, numberInPath } from '../http/query.ts'
import type { GithubApp, GithubContext } from '../http/scope.ts'
import { updateIssue } from '../operations/issues.ts'
import { baseNamed, createPullRequest, mergePullRequest } from '../operations/pull-requests.ts'
import {
  fullPullRequest,
  isPullRequest,
  renderFile,
  renderReview,
  simplePullRequest,
  type PullRequestIssue,
} from '../render/pull-request.ts'
import { keyOf } from '../state/lookup.ts'
import type { Issue, Repository } from '../state/types.ts'
import { issueKeys } from './issue-filters.ts'

const resource = 'PullRequest'
const shape = {
  title: text,
  body: nullable(text),
  head: text,
  base: text,
  state: oneOf('open', 'closed'),
  draft: flag,
  maintainer_can_modify: flag,
  issue: integer,
}
const mergeShape = { sha: text, merge_method: oneOf('merge', 'squash', 'rebase') }

export function servePullRequests(app: GithubApp): void {
  app.get('/repos/:owner/:repo/pulls', (c) => {
    const { scope, repository, linkRoot } = openRepository(c, needs.readPulls)
    const page = pageOf(c, findPullRequests(c, repository), `${linkRoot}/pulls`)
    return c.json(page.map((issue) => simplePullRequest(scope, repository, issue)))
  })

  app.post('/repos/:owner/:repo/pulls', async (c) => {
    const { scope, repository, viewer } = openForWriting(c, needs.createPull)
    const {
      head,
      base,
      draft,
      issue,
      maintainer_can_modify: maintainerCanModify,
      ...rest
    } = await readBody(c, shape)
    const fields = { head: required(head, 'head'), base: required(base, 'base'), draft, maintainerCanModify }
    const content =
      issue === undefined
        ? { title: required(rest.title, 'title'), body: rest.body }
        : issueToConvert(repository, issue)
    const deed = { author: viewer.account.login, now: scope.now }
    const pullRequest = createPullRequest(scope.state, repository, content, fields, deed)
    return created(c, fullPullRequest(scope, repository, pullRequest))
  })

  app.get('/repos/:owner/:repo/pulls/:number', (c) => {
    const { scope, repository } = openRepository(c, needs.readPulls)
    return c.json(fullPullRequest(scope, repository, pullRequestInPath(c, repository)))
  })

  app.patch('/repos/:owner/:repo/pulls/:number', async (c) => {
    const { scope, repository, viewer, role } = openForWriting(c, needs.createPull)
    const issue = pullRequestInPath(c, repository)
    const { login } = viewer.account
    if (issue.author !== login && !hasRole(role, 'write'))
      throw forbidden('Must have admin rights to Repository.')
    const { title, body, state, base, maintainer_can_modify: modifiable } = await readBody(c, shape)
    const newBase = base === undefined ? undefined : baseNamed(repository, base)
    updateIssue(scope.state, repository, issue, { title, body, state }, { author: login, now: scope.now })
    if (newBase) issue.pullRequest.base = newBase
    if (modifiable !== undefined) issue.pullRequest.maintainerCanModify = modifiable
    return c.json(fullPullRequest(scope, repository, issue))
  })

  app.get('/repos/:owner/:repo/pulls/:number/files', (c) => {
    const { scope, repository, linkRoot } = openRepository(c, needs.readPulls)
    const { number, pullRequest } = pullRequestInPath(c, repository)
    const page = pageOf(c, pullRequest.files, `${linkRoot}/pulls/${number}/files`)
    return c.json(page.map((file) => renderFile(scope, repository, pullRequest, file)))
  })

  app.get('/repos/:owner/:repo/pulls/:number/reviews', (c) => {
    const { scope, repository, linkRoot } = openRepository(c, needs.readPulls)
    const issue = pullRequestInPath(c, repository)
    const page = pageOf(c, issue.pullRequest.reviews, `${linkRoot}/pulls/${issue.number}/reviews`)
    return c.json(page.map((review) => renderReview(scope, repository, issue, review)))
  })

  app.put('/repos/:owner/:repo/pulls/:number/merge', async (c) => {
    const { scope, repository, viewer } = openForWriting(c, needs.merge)
    const issue = pullRequestInPath(c, repository)
    const { sha, merge_method: method = 'merge' } = await readBody(c, mergeShape)
    const deed = { author: viewer.account.login, now: scope.now }
    const commit = mergePullRequest(repository, issue, { sha, method }, deed)
    return c.json({ sha: commit, merged: true, message: 'Pull Request successfully merged' })
  })
}

function pullRequestInPath(c: GithubContext, repository: Repository): PullRequestIssue {
  const issue = repository.issues.get(numberInPath(c, 'number'))
  if (!issue || !isPullRequest(issue)) throw notFound()
  return issue
}

function issueToConvert(repository: Repository, number: number): Issue {
  const issue = repository.issues.get(number)
  if (!issue || isPullRequest(issue)) throw invalidRequest(`Issue ${number} cannot become a pull request.`)
  return issue
}

function findPullRequests(c: GithubContext, repository: Repository): PullRequestIssue[] {
  const state = choice(c, resource, 'state', ['open', 'closed', 'all'])
  const sort = choice(c, resource, 'sort', ['created', 'updated', 'popularity', 'long-running'])
  const byDefault = sort === 'created' ? (['desc', 'asc'] as const) : (['asc', 'desc'] as const)
  const direction = choice(c, resource, 'direction', byDefault)
  const { head, base } = c.req.query()

  const found = [...repository.issues.values()].filter(isPullRequest).filter(({ pullRequest, ...issue }) => {
    if (state !== 'all' && issue.state !== state) return false
    if (base !== undefined && pullRequest.base.ref !== base) return false
    return head === undefined || keyOf(`${repository.owner}:${pullRequest.head.ref}`) === keyOf(head)
  })
  const keys = { ...issueKeys, popularity: issueKeys.comments, 'long-running': issueKeys.created }
  return sortBy(found, { key: keys[sort], tie: (issue) => issue.number, direction })
}
