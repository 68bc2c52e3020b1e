import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { issueRef, labelNames, markdown, title } from '../parameters.ts'
import { writeIssues } from '../permissions.ts'
import { issue } from './issue.ts'

export const updateIssue = /* @__PURE__ */ defineAction({
  name: 'issues.update',
  summary: 'Change an issue: its text, state, labels or assignees. What is left out stays.',
  effect: 'update',
  permissions: writeIssues,
  source: 'https://docs.github.com/en/rest/issues/issues#update-an-issue',
  input: () =>
    issueRef().extend({
      title: title().optional(),
      body: markdown().nullable().optional().describe('Text, in Markdown; null empties it.'),
      state: z.enum(['open', 'closed']).optional().describe('Close or reopen.'),
      state_reason: z
        .enum(['completed', 'not_planned', 'duplicate', 'reopened'])
        .optional()
        .describe('Why the state changes; ignored without state.'),
      labels: labelNames('All labels from now on; an empty list removes them.').optional(),
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
      type: z.string().nullable().optional().describe('Name of an issue type; null removes it.'),
    }),
  output: issue,
  request: ({ owner, repo, issue_number, ...body }) => ({
    method: 'PATCH',
    path: path`/repos/${owner}/${repo}/issues/${issue_number}`,
    body,
  }),
})
