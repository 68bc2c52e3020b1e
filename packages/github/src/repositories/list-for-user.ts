import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { listPages } from '../pages.ts'
import { direction } from '../parameters.ts'
import { readPublicMetadata } from '../permissions.ts'
import { repository } from './repository.ts'
import { repositorySort } from './sort.ts'

export const listRepositoriesForUser = /* @__PURE__ */ defineAction({
  name: 'repositories.listForUser',
  summary: 'List the public repositories of a user, by name.',
  effect: 'read',
  permissions: readPublicMetadata,
  source: 'https://docs.github.com/en/rest/repos/repos#list-repositories-for-a-user',
  input: () =>
    z.strictObject({
      username: z.string().min(1).describe('Login of the user.'),
      type: z
        .enum(['all', 'owner', 'member'])
        .optional()
        .describe('What part the user has; owner unless told.'),
      sort: repositorySort(),
      direction: direction(),
    }),
  output: repository,
  page: listPages,
  request: ({ username, ...query }) => ({ method: 'GET', path: path`/users/${username}/repos`, query }),
})
