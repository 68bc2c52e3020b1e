import {
  hasRole,
  needs,
  openForWriting,
  openRepository,
  type Opened,
  type OpenedByViewer,
} from '../http/access.ts'
import { created, noContent } from '../http/answers.ts'
import { readBody, required, text } from '../http/body.ts'
import { forbidden, notFound } from '../http/errors.ts'
import { pageOf } from '../http/pagination.ts'
import { choice, numberInPath, timeQuery } from '../http/query.ts'
import type { GithubApp, GithubContext } from '../http/scope.ts'
import { createComment, deleteComment, updateComment } from '../operations/comments.ts'
import { renderComment } from '../render/issue.ts'
import type { Comment } from '../state/types.ts'
import { issueInPath } from './issues.ts'

const resource = 'IssueComment'

export function serveComments(app: GithubApp): void {
  // Before those with an issue's number, which would take "comments" for one.
  app.get('/repos/:owner/:repo/issues/comments', (c) => {
    const opened = openRepository(c, needs.readIssuesOrPulls)
    const key = choice(c, resource, 'sort', ['created', 'updated']) === 'updated' ? 'updatedAt' : 'createdAt'
    const descends = c.req.query('sort') !== undefined && c.req.query('direction') === 'desc'
    const sign = descends ? -1 : 1
    const comments = [...opened.repository.comments.values()]
    comments.sort((a, b) => sign * (a[key] - b[key] || a.id - b.id))
    return answerPage(c, opened, comments, '/issues/comments')
  })

  app.get('/repos/:owner/:repo/issues/comments/:id', (c) => {
    const opened = openRepository(c, needs.readIssuesOrPulls)
    return c.json(renderComment(opened.scope, opened.repository, commentInPath(c, opened)))
  })

  app.patch('/repos/:owner/:repo/issues/comments/:id', async (c) => {
    const opened = openForWriting(c, needs.editOwn)
    const { scope, repository } = opened
    const comment = ownCommentInPath(c, opened)
    const { body } = await readBody(c, { body: text })
    updateComment(comment, required(body, 'body'), scope.now)
    return c.json(renderComment(scope, repository, comment))
  })

  app.delete('/repos/:owner/:repo/issues/comments/:id', (c) => {
    const opened = openForWriting(c, needs.editOwn)
    deleteComment(opened.repository, ownCommentInPath(c, opened))
    return noContent(c)
  })

  app.get('/repos/:owner/:repo/issues/:number/comments', (c) => {
    const opened = openRepository(c, needs.readIssuesOrPulls)
    const issue = issueInPath(c, opened.repository)
    return answerPage(c, opened, issue.comments, `/issues/${issue.number}/comments`)
  })

  app.post('/repos/:owner/:repo/issues/:number/comments', async (c) => {
    const { scope, repository, viewer, role } = openForWriting(c, needs.editOwn)
    const issue = issueInPath(c, repository)
    if (issue.locked && !hasRole(role, 'write')) {
      throw forbidden('Unable to create comment because issue is locked.')
    }
    const { body } = await readBody(c, { body: text })
    const deed = { author: viewer.account.login, now: scope.now }
    const comment = createComment(scope.state, repository, issue, required(body, 'body'), deed)
    return created(c, renderComment(scope, repository, comment))
  })
}

function answerPage(c: GithubContext, opened: Opened, comments: readonly Comment[], path: string): Response {
  const { scope, repository, linkRoot } = opened
  const since = timeQuery(c, resource, 'since') ?? -Infinity
  const found = comments.filter((comment) => comment.updatedAt >= since)
  const page = pageOf(c, found, `${linkRoot}${path}`)
  return c.json(page.map((comment) => renderComment(scope, repository, comment)))
}

function commentInPath(c: GithubContext, { repository }: Opened): Comment {
  const comment = repository.comments.get(numberInPath(c, 'id'))
  if (!comment) throw notFound()
  return comment
}

/** A comment that the viewer may change: their own, or any for those who can push. */
function ownCommentInPath(c: GithubContext, opened: OpenedByViewer): Comment {
  const comment = commentInPath(c, opened)
  if (comment.author !== opened.viewer.account.login && !hasRole(opened.role, 'write')) {
    throw forbidden('Must have admin rights to Repository.')
  }
  return comment
}
