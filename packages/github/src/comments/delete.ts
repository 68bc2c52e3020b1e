import { defineAction, noContent, path } from '@agent/core'
import { writeIssues } from '../permissions.ts'
import { commentRef } from './comment.ts'

export const deleteComment = /* @__PURE__ */ defineAction({
  name: 'comments.delete',
  summary: 'Delete a comment for good.',
  effect: 'delete',
  permissions: writeIssues,
  source: 'https://docs.github.com/en/rest/issues/comments#delete-an-issue-comment',
  input: commentRef,
  output: noContent,
  request: ({ owner, repo, comment_id }) => ({
    method: 'DELETE',
    path: path`/repos/${owner}/${repo}/issues/comments/${comment_id}`,
  }),
})
