import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { listPages } from '../pages.ts'
import { direction, repositoryRef, since } from '../parameters.ts'
import { issue } from './issue.ts'
import { readIssues } from './permissions.ts'

export const listIssues = /* @__PURE__ */ defineAction({
  name: 'issues.list',
  summary: 'List issues in one repository, newest first; pull requests are among them.',
  effect: 'read',
  permissions: readIssues,
  source: 'https://docs.github.com/en/rest/issues/issues#list-repository-issues',
  input: () =>
    repositoryRef().extend({
      state: z.enum(['open', 'closed', 'all']).default('open').describe('State of the issues.'),
      labels: z.array(z.string()).optional().describe('Only issues that have all of these labels.'),
      assignee: z.string().optional().describe('Login, "none", or "*" for any.'),
      creator: z.string().optional().describe('Login of the author.'),
      mentioned: z.string().optional().describe('Login of somebody mentioned.'),
      milestone: z.string().optional().describe('Milestone number, "none", or "*" for any.'),
      sort: z.enum(['created', 'updated', 'comments']).optional().describe('What to sort by.'),
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
