import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { markdown, title } from '../parameters.ts'
import { writePullRequests } from '../permissions.ts'
import { maintainerCanModify, pullRequestDetails, pullRequestRef } from './pull-request.ts'

export const updatePullRequest = /* @__PURE__ */ defineAction({
  name: 'pull_requests.update',
  summary: 'Change the text, state or base of a pull request; labels and assignees are those of its issue.',
  effect: 'update',
  permissions: writePullRequests,
  source: 'https://docs.github.com/en/rest/pulls/pulls#update-a-pull-request',
  input: () =>
    pullRequestRef().extend({
      title: title().optional(),
      body: markdown().optional(),
      state: z.enum(['open', 'closed']).optional().describe('Close or reopen.'),
      base: z.string().min(1).optional().describe('Branch that the changes go into.'),
      maintainer_can_modify: maintainerCanModify(),
    }),
  output: pullRequestDetails,
  request: ({ owner, repo, pull_number, ...body }) => ({
    method: 'PATCH',
    path: path`/repos/${owner}/${repo}/pulls/${pull_number}`,
    body,
  }),
})
