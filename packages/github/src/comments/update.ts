import { defineAction, path } from '@agent/core'
import { writeIssues } from '../permissions.ts'
import { comment, commentBody, commentRef } from './comment.ts'

export const updateComment = /* @__PURE__ */ defineAction({
  name: 'comments.update',
  summary: 'Replace the text of a comment.',
  effect: 'update',
  permissions: writeIssues,
  source: 'https://docs.github.com/en/rest/issues/comments#update-an-issue-comment',
  input: () => commentRef().extend({ body: commentBody() }),
  output: comment,
  request: ({ owner, repo, comment_id, ...body }) => ({
    method: 'PATCH',
    path: path`/repos/${owner}/${repo}/issues/comments/${comment_id}`,
    body,
  }),
})
