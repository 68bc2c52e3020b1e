import { defineAction, noContent, path } from '@agent/core'
import * as z from 'zod'
import { issueRef } from '../parameters.ts'
import { writeIssues } from '../permissions.ts'

export const lockIssue = /* @__PURE__ */ defineAction({
  name: 'issues.lock',
  summary: 'Lock the conversation of an issue or pull request: only collaborators may comment.',
  effect: 'update',
  permissions: writeIssues,
  source: 'https://docs.github.com/en/rest/issues/issues#lock-an-issue',
  input: () =>
    issueRef().extend({
      lock_reason: z
        .enum(['off-topic', 'too heated', 'resolved', 'spam'])
        .optional()
        .describe('Why; shown to everybody.'),
    }),
  output: noContent,
  request: ({ owner, repo, issue_number, ...body }) => ({
    method: 'PUT',
    path: path`/repos/${owner}/${repo}/issues/${issue_number}/lock`,
    body,
  }),
})
