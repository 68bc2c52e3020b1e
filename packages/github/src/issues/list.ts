import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { listPages } from '../pages.ts'
import { direction, labelNames, repositoryRef, since, state } from '../parameters.ts'
import { readIssues } from '../permissions.ts'
import { issue } from './issue.ts'
import { issueSort } from './sort.ts'

export const listIssues = /* @__PURE__ */ defineAction({
  name: 'issues.list',
  summary: 'List issues in one repository, newest first; pull requests are among them.',
  effect: 'read',
  permissions: readIssues,
  source: 'https://docs.github.com/en/rest/issues/issues#list-repository-issues',
  input: () =>
    repositoryRef().extend({
      state: state(),
      labels: labelNames('Only issues that have all of these labels.').optional(),
      assignee: z.string().optional().describe('Login, "none", or "*" for any.'),
      creator: z.string().optional().describe('Login of the author.'),
      mentioned: z.string().optional().describe('Login of somebody mentioned.'),
      milestone: z.string().optional().describe('Milestone number, "none", or "*" for any.'),
      type: z.string().optional().describe('Name of an issue type, "none", or "*" for any.'),
      sort: issueSort(),
      direction: direction(),
      since: since(),
    }),
  output: issue,
  page: listPages,
  request: ({ owner, repo, ...query }) => ({
    method: 'GET',
    path: path`/repos/${owner}/${repo}/issues`,
    query,
  }),
})
