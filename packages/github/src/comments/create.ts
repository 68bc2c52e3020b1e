import { defineAction, path } from '@agent/core'
import { issueRef } from '../parameters.ts'
import { writeIssues } from '../permissions.ts'
import { comment, commentBody } from './comment.ts'

export const createComment = /* @__PURE__ */ defineAction({
  name: 'comments.create',
  summary: 'Comment on an issue or pull request; those who watch it are notified.',
  effect: 'create',
  permissions: writeIssues,
  source: 'https://docs.github.com/en/rest/issues/comments#create-an-issue-comment',
  input: () => issueRef().extend({ body: commentBody() }),
  output: comment,
  request: ({ owner, repo, issue_number, ...body }) => ({
    method: 'POST',
    path: path`/repos/${owner}/${repo}/issues/${issue_number}/comments`,
    body,
  }),
})
