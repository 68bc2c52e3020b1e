import { defineAction, path } from '@agent/core'
import { readPullRequests } from '../permissions.ts'
import { pullRequestDetails, pullRequestRef } from './pull-request.ts'

export const getPullRequest = /* @__PURE__ */ defineAction({
  name: 'pull_requests.get',
  summary: 'Get one pull request with its size and whether it can be merged.',
  effect: 'read',
  permissions: readPullRequests,
  source: 'https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request',
  input: pullRequestRef,
  output: pullRequestDetails,
  request: ({ owner, repo, pull_number }) => ({
    method: 'GET',
    path: path`/repos/${owner}/${repo}/pulls/${pull_number}`,
  }),
})
