import { validationFailed } from '../http/errors.ts'
import { nextId } from '../state/identifiers.ts'
import { accountOf } from '../state/lookup.ts'
import type { Comment, GithubState, Issue, Repository } from '../state/types.ts'
import type { Deed } from './issues.ts'

export function createComment(
  state: GithubState,
  repository: Repository,
  issue: Issue,
  body: string,
  { author, now }: Deed,
): Comment {
  checkBody(body)
  const { login } = accountOf(state, author)
  const comment: Comment = {
    id: nextId(state),
    issueNumber: issue.number,
    author: login,
    body,
    createdAt: now,
    updatedAt: now,
  }
  issue.comments.push(comment)
  issue.updatedAt = Math.max(issue.updatedAt, now)
  repository.comments.set(comment.id, comment)
  return comment
}

export function updateComment(comment: Comment, body: string, now: number): void {
  checkBody(body)
  comment.body = body
  comment.updatedAt = now
}

export function deleteComment(repository: Repository, comment: Comment): void {
  repository.comments.delete(comment.id)
  const issue = repository.issues.get(comment.issueNumber)
  if (issue) issue.comments = issue.comments.filter((one) => one !== comment)
}

function checkBody(body: string): void {
  if (body.trim() !== '') return
  const message = 'Body cannot be blank'
  throw validationFailed([{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }])
}
