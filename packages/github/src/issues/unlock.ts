import { defineAction, noContent, path } from '@agent/core'
import { issueRef } from '../parameters.ts'
import { writeIssues } from '../permissions.ts'

export const unlockIssue = /* @__PURE__ */ defineAction({
  name: 'issues.unlock',
  summary: 'Unlock the conversation of an issue or pull request.',
  effect: 'update',
  permissions: writeIssues,
  source: 'https://docs.github.com/en/rest/issues/issues#unlock-an-issue',
  input: issueRef,
  output: noContent,
  request: ({ owner, repo, issue_number }) => ({
    method: 'DELETE',
    path: path`/repos/${owner}/${repo}/issues/${issue_number}/lock`,
  }),
})
