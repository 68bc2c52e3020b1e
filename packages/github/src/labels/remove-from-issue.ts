import { defineAction, path } from '@agent/core'
import { issueRef } from '../parameters.ts'
import { writeIssues } from '../permissions.ts'
import { labelRef, labels } from './label.ts'

export const removeLabelFromIssue = /* @__PURE__ */ defineAction({
  name: 'labels.removeFromIssue',
  summary: 'Remove one label from an issue or pull request and get those that are left.',
  effect: 'update',
  permissions: writeIssues,
  source: 'https://docs.github.com/en/rest/issues/labels#remove-a-label-from-an-issue',
  input: () => issueRef().extend(labelRef().shape),
  output: labels,
  request: ({ owner, repo, issue_number, name }) => ({
    method: 'DELETE',
    path: path`/repos/${owner}/${repo}/issues/${issue_number}/labels/${name}`,
  }),
})
