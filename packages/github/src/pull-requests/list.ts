import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { listPages } from '../pages.ts'
import { direction, repositoryRef, state } from '../parameters.ts'
import { readPullRequests } from '../permissions.ts'
import { pullRequest } from './pull-request.ts'

export const listPullRequests = /* @__PURE__ */ defineAction({
  name: 'pull_requests.list',
  summary: 'List pull requests in one repository, newest first.',
  effect: 'read',
  permissions: readPullRequests,
  source: 'https://docs.github.com/en/rest/pulls/pulls#list-pull-requests',
  input: () =>
    repositoryRef().extend({
      state: state(),
      head: z.string().optional().describe('Only those from this branch, as owner:branch.'),
      base: z.string().optional().describe('Only those into this branch.'),
      sort: z
        .enum(['created', 'updated', 'popularity', 'long-running'])
        .optional()
        .describe('What to sort by; popularity is the number of comments.'),
      direction: direction(),
    }),
  output: pullRequest,
  page: listPages,
  request: ({ owner, repo, ...query }) => ({
    method: 'GET',
    path: path`/repos/${owner}/${repo}/pulls`,
    query,
  }),
})
