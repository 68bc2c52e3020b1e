import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { repositoryRef } from '../parameters.ts'
import { issue } from './issue.ts'
import { writeIssues } from './permissions.ts'

export const createIssue = /* @__PURE__ */ defineAction({
  name: 'issues.create',
  summary: 'Open an issue.',
  effect: 'create',
  permissions: writeIssues,
  source: 'https://docs.github.com/en/rest/issues/issues#create-an-issue',
  input: () =>
    repositoryRef().extend({
      title: z.string().min(1).max(256).describe('Title.'),
      body: z.string().max(65_536).optional().describe('Text, in Markdown.'),
      labels: z.array(z.string()).optional().describe('Names of labels; dropped without push access.'),
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
