import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { issueRef } from '../parameters.ts'
import { issue } from './issue.ts'
import { writeIssues } from './permissions.ts'

export const updateIssue = /* @__PURE__ */ defineAction({
  name: 'issues.update',
  summary: 'Change an issue: its text, state, labels or assignees. What is left out stays.',
  effect: 'update',
  permissions: writeIssues,
  source: 'https://docs.github.com/en/rest/issues/issues#update-an-issue',
  input: () =>
    issueRef().extend({
      title: z.string().min(1).max(256).optional().describe('New title.'),
      body: z.string().max(65_536).nullable().optional().describe('New text, in Markdown; null empties it.'),
      state: z.enum(['open', 'closed']).optional().describe('Close or reopen.'),
      state_reason: z
        .enum(['completed', 'not_planned', 'duplicate', 'reopened'])
        .optional()
        .describe('Why the state changes; ignored without state.'),
      labels: z.array(z.string()).optional().describe('All labels from now on; an empty list removes them.'),
      assignees: z
        .array(z.string())
        .optional()
        .describe('All assignees from now on; an empty list removes them.'),
      milestone: z
        .int()
        .positive()
        .nullable()
        .optional()
        .describe('Number of the milestone; null removes it.'),
    }),
  output: issue,
  request: ({ owner, repo, issue_number, ...body }) => ({
    method: 'PATCH',
    path: path`/repos/${owner}/${repo}/issues/${issue_number}`,
    body,
  }),
})
