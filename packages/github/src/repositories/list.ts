import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { listPages } from '../pages.ts'
import { direction, since } from '../parameters.ts'
import { readMetadata } from '../permissions.ts'
import { repository } from './repository.ts'
import { repositorySort } from './sort.ts'

export const listRepositories = /* @__PURE__ */ defineAction({
  name: 'repositories.list',
  summary: 'List the repositories that the viewer has a part in, private ones included, by name.',
  effect: 'read',
  permissions: readMetadata,
  source: 'https://docs.github.com/en/rest/repos/repos#list-repositories-for-the-authenticated-user',
  input: () =>
    z.strictObject({
      visibility: z.enum(['all', 'public', 'private']).optional().describe('All unless told.'),
      affiliation: z
        .array(z.enum(['owner', 'collaborator', 'organization_member']))
        .min(1)
        .optional()
        .describe('What part the viewer has; any unless told.'),
      sort: repositorySort(),
      direction: direction(),
      since: since(),
      before: z.iso
        .datetime({ offset: true })
        .optional()
        .describe('Only what was updated before this ISO 8601 time.'),
    }),
  output: repository,
  page: listPages,
  request: (query) => ({ method: 'GET', path: path`/user/repos`, query }),
})
