import { defineAction, path } from '@agent/core'
import { readIssues } from '../permissions.ts'
import { comment, commentRef } from './comment.ts'

export const getComment = /* @__PURE__ */ defineAction({
  name: 'comments.get',
  summary: 'Get one comment.',
  effect: 'read',
  permissions: readIssues,
  source: 'https://docs.github.com/en/rest/issues/comments#get-an-issue-comment',
  input: commentRef,
  output: comment,
  request: ({ owner, repo, comment_id }) => ({
    method: 'GET',
    path: path`/repos/${owner}/${repo}/issues/comments/${comment_id}`,
  }),
})
