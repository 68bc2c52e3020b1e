import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { markdown, repositoryRef, title } from '../parameters.ts'
import { writePullRequests } from '../permissions.ts'
import { maintainerCanModify, pullRequestDetails } from './pull-request.ts'

export const createPullRequest = /* @__PURE__ */ defineAction({
  name: 'pull_requests.create',
  summary: 'Open a pull request from a branch that exists.',
  effect: 'create',
  permissions: writePullRequests,
  source: 'https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request',
  input: () =>
    repositoryRef().extend({
      title: title(),
      head: z.string().min(1).describe('Branch with the changes; owner:branch where it is in a fork.'),
      head_repo: z
        .string()
        .optional()
        .describe('Name of the repository of head, where both are in one network and owner.'),
      base: z.string().min(1).describe('Branch that the changes go into.'),
      body: markdown().optional(),
      draft: z.boolean().optional().describe('True opens it as a draft.'),
      maintainer_can_modify: maintainerCanModify(),
    }),
  output: pullRequestDetails,
  request: ({ owner, repo, ...body }) => ({
    method: 'POST',
    path: path`/repos/${owner}/${repo}/pulls`,
    body,
  }),
})
