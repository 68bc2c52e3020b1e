import { defineAction, path } from '@agent/core'
import { listPages } from '../pages.ts'
import { issueRef, since } from '../parameters.ts'
import { readIssues } from '../permissions.ts'
import { comment } from './comment.ts'

export const listComments = /* @__PURE__ */ defineAction({
  name: 'comments.list',
  summary: 'List the comments of an issue or pull request, oldest first; review comments are not among them.',
  effect: 'read',
  permissions: readIssues,
  source: 'https://docs.github.com/en/rest/issues/comments#list-issue-comments',
  input: () => issueRef().extend({ since: since() }),
  output: comment,
  page: listPages,
  request: ({ owner, repo, issue_number, ...query }) => ({
    method: 'GET',
    path: path`/repos/${owner}/${repo}/issues/${issue_number}/comments`,
    query,
  }),
})
