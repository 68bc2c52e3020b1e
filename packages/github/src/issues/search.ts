import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { searchPages } from '../pages.ts'
import { bestMatch, direction, queryFor, searchQuery } from '../parameters.ts'
import { readIssues } from '../permissions.ts'
import { issue } from './issue.ts'

export const searchIssues = /* @__PURE__ */ defineAction({
  name: 'issues.search',
  summary: 'Search issues across repositories; is:issue is added where the query names no kind.',
  effect: 'read',
  permissions: readIssues,
  source: 'https://docs.github.com/en/rest/search/search#search-issues-and-pull-requests',
  input: () =>
    z.strictObject({
      q: searchQuery('repo:octo-org/octo-repo is:open label:bug crash'),
      sort: bestMatch(['created', 'updated', 'comments', 'reactions']),
      order: direction(),
    }),
  output: issue,
  page: searchPages,
  request: ({ q, ...query }) => ({
    method: 'GET',
    path: path`/search/issues`,
    query: { q: queryFor('issue', q), ...query },
  }),
})
