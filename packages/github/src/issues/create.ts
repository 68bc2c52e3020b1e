import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { labelNames, markdown, repositoryRef, title } from '../parameters.ts'
import { writeIssues } from '../permissions.ts'
import { issue } from './issue.ts'

export const createIssue = /* @__PURE__ */ defineAction({
  name: 'issues.create',
  summary: 'Open an issue.',
  effect: 'create',
  permissions: writeIssues,
  source: 'https://docs.github.com/en/rest/issues/issues#create-an-issue',
  input: () =>
    repositoryRef().extend({
      title: title(),
      body: markdown().optional(),
      labels: labelNames('Names of labels; dropped without push access.').optional(),
      assignees: z.array(z.string()).optional().describe('Logins to assign; dropped without push access.'),
      milestone: z.int().positive().optional().describe('Number of the milestone.'),
      type: z.string().optional().describe('Name of an issue type of the organization.'),
    }),
  output: issue,
  request: ({ owner, repo, ...body }) => ({
    method: 'POST',
    path: path`/repos/${owner}/${repo}/issues`,
    body,
  }),
})
