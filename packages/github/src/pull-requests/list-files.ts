import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { listPages } from '../pages.ts'
import { readPullRequests } from '../permissions.ts'
import { pullRequestRef } from './pull-request.ts'

const pullRequestFile = () =>
  z.object({
    filename: z.string(),
    status: z.string(),
    additions: z.number(),
    deletions: z.number(),
    changes: z.number().nullish(),
    previous_filename: z.string().nullish(),
    /** Absent for binary files and long changes. */
    patch: z.string().nullish(),
  })

export type PullRequestFile = z.output<ReturnType<typeof pullRequestFile>>

export const listPullRequestFiles = /* @__PURE__ */ defineAction({
  name: 'pull_requests.listFiles',
  summary: 'List the files that a pull request changes, with their patches; 3,000 at most.',
  effect: 'read',
  permissions: readPullRequests,
  source: 'https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files',
  input: pullRequestRef,
  output: pullRequestFile,
  page: listPages,
  request: ({ owner, repo, pull_number }) => ({
    method: 'GET',
    path: path`/repos/${owner}/${repo}/pulls/${pull_number}/files`,
  }),
})
