import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { listPages } from '../pages.ts'
import { readPullRequests } from '../permissions.ts'
import { userRef } from '../user.ts'
import { pullRequestRef } from './pull-request.ts'

const pullRequestReview = () =>
  z.object({
    id: z.number(),
    user: userRef().nullish(),
    state: z.string(),
    body: z.string().nullish(),
    html_url: z.string(),
    commit_id: z.string().nullish(),
    /** Absent while the review is pending. */
    submitted_at: z.string().nullish(),
  })

export type PullRequestReview = z.output<ReturnType<typeof pullRequestReview>>

export const listPullRequestReviews = /* @__PURE__ */ defineAction({
  name: 'pull_requests.listReviews',
  summary: 'List the reviews of a pull request, oldest first.',
  effect: 'read',
  permissions: readPullRequests,
  source: 'https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request',
  input: pullRequestRef,
  output: pullRequestReview,
  page: listPages,
  request: ({ owner, repo, pull_number }) => ({
    method: 'GET',
    path: path`/repos/${owner}/${repo}/pulls/${pull_number}/reviews`,
  }),
})
