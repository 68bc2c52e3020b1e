import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { listPages } from '../pages.ts'
import { direction } from '../parameters.ts'
import { readMetadata } from '../permissions.ts'
import { repository } from './repository.ts'
import { repositorySort } from './sort.ts'

export const listRepositoriesForOrg = /* @__PURE__ */ defineAction({
  name: 'repositories.listForOrg',
  summary: 'List the repositories of an organization that the credential may see, newest first.',
  effect: 'read',
  permissions: readMetadata,
  source: 'https://docs.github.com/en/rest/repos/repos#list-organization-repositories',
  input: () =>
    z.strictObject({
      org: z.string().min(1).describe('Login of the organization.'),
      type: z
        .enum(['all', 'public', 'private', 'forks', 'sources', 'member'])
        .optional()
        .describe('Which repositories; all unless told.'),
      sort: repositorySort(),
      direction: direction(),
    }),
  output: repository,
  page: listPages,
  request: ({ org, ...query }) => ({ method: 'GET', path: path`/orgs/${org}/repos`, query }),
})
