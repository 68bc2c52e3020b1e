import { defineAction, path } from '@agent/core'
import { listPages } from '../pages.ts'
import { issueRef } from '../parameters.ts'
import { readIssues } from '../permissions.ts'
import { label } from './label.ts'

export const listLabelsForIssue = /* @__PURE__ */ defineAction({
  name: 'labels.listForIssue',
  summary: 'List the labels that an issue or pull request has.',
  effect: 'read',
  permissions: readIssues,
  source: 'https://docs.github.com/en/rest/issues/labels#list-labels-for-an-issue',
  input: issueRef,
  output: label,
  page: listPages,
  request: ({ owner, repo, issue_number }) => ({
    method: 'GET',
    path: path`/repos/${owner}/${repo}/issues/${issue_number}/labels`,
  }),
})
