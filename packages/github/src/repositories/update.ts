import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { repositoryRef } from '../parameters.ts'
import { administer } from '../permissions.ts'
import { repositoryDetails, repositoryName, repositorySettings } from './repository.ts'

export const updateRepository = /* @__PURE__ */ defineAction({
  name: 'repositories.update',
  summary: 'Rename, archive or change the settings of a repository. What is left out stays.',
  effect: 'update',
  permissions: administer,
  source: 'https://docs.github.com/en/rest/repos/repos#update-a-repository',
  input: () =>
    repositoryRef().extend({
      name: repositoryName().optional().describe('New name; the old one redirects to it.'),
      ...repositorySettings(),
      default_branch: z.string().min(1).optional().describe('Branch that becomes the default.'),
      archived: z
        .boolean()
        .optional()
        .describe('True archives it, which makes it read-only; false undoes it.'),
    }),
  output: repositoryDetails,
  request: ({ owner, repo, ...body }) => ({
    method: 'PATCH',
    path: path`/repos/${owner}/${repo}`,
    body,
  }),
})
