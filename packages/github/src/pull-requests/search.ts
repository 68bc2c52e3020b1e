import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { issue } from '../issues/issue.ts'
import { searchPages } from '../pages.ts'
import { bestMatch, direction, queryFor, searchQuery } from '../parameters.ts'
import { readPullRequests } from '../permissions.ts'

/** A pull request as a search finds it: in the form of an issue, without branches. */
const foundPullRequest = () =>
  issue().extend({
    draft: z.boolean().nullish(),
    pull_request: z.object({ html_url: z.string().nullish(), merged_at: z.string().nullish() }).nullish(),
  })

export type FoundPullRequest = z.output<ReturnType<typeof foundPullRequest>>

export const searchPullRequests = /* @__PURE__ */ defineAction({
  name: 'pull_requests.search',
  summary: 'Search pull requests across repositories; is:pr is added where the query names no kind.',
  effect: 'read',
  permissions: readPullRequests,
  source: 'https://docs.github.com/en/rest/search/search#search-issues-and-pull-requests',
  input: () =>
    z.strictObject({
      q: searchQuery('repo:octo-org/octo-repo is:open review:required author:octocat'),
      sort: bestMatch(['created', 'updated', 'comments', 'reactions']),
      order: direction(),
    }),
  output: foundPullRequest,
  page: searchPages,
  request: ({ q, ...query }) => ({
    method: 'GET',
    path: path`/search/issues`,
    query: { q: queryFor('pr', q), ...query },
  }),
})
