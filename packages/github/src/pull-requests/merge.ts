import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { writeContents } from '../permissions.ts'
import { pullRequestRef } from './pull-request.ts'

const mergeResult = () =>
  z.object({
    /** Of the commit that the merge made. */
    sha: z.string(),
    merged: z.boolean(),
    message: z.string().nullish(),
  })

export type MergeResult = z.output<ReturnType<typeof mergeResult>>

export const mergePullRequest = /* @__PURE__ */ defineAction({
  name: 'pull_requests.merge',
  summary: 'Merge a pull request into its base branch.',
  effect: 'update',
  permissions: writeContents,
  source: 'https://docs.github.com/en/rest/pulls/pulls#merge-a-pull-request',
  input: () =>
    pullRequestRef().extend({
      sha: z
        .string()
        .optional()
        .describe('Head commit that was looked at; the merge is refused when the head has moved on.'),
      merge_method: z
        .enum(['merge', 'squash', 'rebase'])
        .optional()
        .describe('How; merge unless told, and the repository must allow it.'),
      commit_title: z.string().optional().describe('First line of the commit message.'),
      commit_message: z.string().optional().describe('Further text of the commit message.'),
    }),
  output: mergeResult,
  request: ({ owner, repo, pull_number, ...body }) => ({
    method: 'PUT',
    path: path`/repos/${owner}/${repo}/pulls/${pull_number}/merge`,
    body,
  }),
})
