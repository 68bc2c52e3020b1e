import { defineAction, path } from '@agent/core'
import { issueRef, labelNames } from '../parameters.ts'
import { writeIssues } from '../permissions.ts'
import { labels } from './label.ts'

export const addLabelsToIssue = /* @__PURE__ */ defineAction({
  name: 'labels.addToIssue',
  summary: 'Add labels to an issue or pull request and get all that it now has.',
  effect: 'update',
  permissions: writeIssues,
  source: 'https://docs.github.com/en/rest/issues/labels#add-labels-to-an-issue',
  input: () =>
    issueRef().extend({
      labels: labelNames('Names of labels to add; one that the repository lacks may be created.').min(1),
    }),
  output: labels,
  request: ({ owner, repo, issue_number, ...body }) => ({
    method: 'POST',
    path: path`/repos/${owner}/${repo}/issues/${issue_number}/labels`,
    body,
  }),
})
