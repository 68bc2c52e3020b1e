import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { searchPages } from '../pages.ts'
import { bestMatch, direction, searchQuery } from '../parameters.ts'
import { needsNothing } from '../permissions.ts'
import { repository } from './repository.ts'

export const searchRepositories = /* @__PURE__ */ defineAction({
  name: 'repositories.search',
  summary: 'Search all repositories that the credential may see.',
  effect: 'read',
  permissions: needsNothing,
  source: 'https://docs.github.com/en/rest/search/search#search-repositories',
  input: () =>
    z.strictObject({
      q: searchQuery('org:octo-org language:typescript archived:false parser'),
      sort: bestMatch(['stars', 'forks', 'help-wanted-issues', 'updated']),
      order: direction(),
    }),
  output: repository,
  page: searchPages,
  request: (query) => ({ method: 'GET', path: path`/search/repositories`, query }),
})
