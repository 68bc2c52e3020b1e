import * as z from 'zod'
import { repositoryRef } from '../parameters.ts'
import { userRef } from '../user.ts'

const branch = () =>
  z.object({
    ref: z.string(),
    sha: z.string(),
    /** Null once the fork is gone. */
    repo: z.object({ full_name: z.string() }).nullish(),
  })

/** A pull request as lists give it. */
export const pullRequest = () =>
  z.object({
    number: z.number(),
    title: z.string(),
    state: z.string(),
    draft: z.boolean().nullish(),
    body: z.string().nullish(),
    html_url: z.string(),
    user: userRef().nullish(),
    labels: z.array(z.object({ name: z.string().nullish() })).nullish(),
    assignees: z.array(userRef()).nullish(),
    requested_reviewers: z.array(userRef()).nullish(),
    requested_teams: z.array(z.object({ slug: z.string() })).nullish(),
    milestone: z.object({ number: z.number(), title: z.string() }).nullish(),
    head: branch(),
    base: branch(),
    locked: z.boolean().nullish(),
    created_at: z.string(),
    updated_at: z.string(),
    closed_at: z.string().nullish(),
    merged_at: z.string().nullish(),
  })

export type PullRequest = z.output<ReturnType<typeof pullRequest>>

/** A pull request by itself. `mergeable` is null while GitHub works it out: ask again. */
export const pullRequestDetails = () =>
  pullRequest().extend({
    merged: z.boolean().nullish(),
    merged_by: userRef().nullish(),
    mergeable: z.boolean().nullish(),
    mergeable_state: z.string().nullish(),
    maintainer_can_modify: z.boolean().nullish(),
    comments: z.number().nullish(),
    review_comments: z.number().nullish(),
    commits: z.number().nullish(),
    additions: z.number().nullish(),
    deletions: z.number().nullish(),
    changed_files: z.number().nullish(),
  })

export type PullRequestDetails = z.output<ReturnType<typeof pullRequestDetails>>

export const pullRequestRef = () =>
  repositoryRef().extend({ pull_number: z.int().positive().describe('Number of the pull request.') })

export const maintainerCanModify = () =>
  z.boolean().optional().describe('Whether maintainers of the base may push to the head of a fork.')
