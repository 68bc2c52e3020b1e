import { defineAction, path } from '@agent/core'
import { issueRef } from '../parameters.ts'
import { readIssues } from '../permissions.ts'
import { issue } from './issue.ts'

export const getIssue = /* @__PURE__ */ defineAction({
  name: 'issues.get',
  summary: 'Get one issue.',
  effect: 'read',
  permissions: readIssues,
  source: 'https://docs.github.com/en/rest/issues/issues#get-an-issue',
  input: issueRef,
  output: issue,
  request: ({ owner, repo, issue_number }) => ({
    method: 'GET',
    path: path`/repos/${owner}/${repo}/issues/${issue_number}`,
  }),
})
