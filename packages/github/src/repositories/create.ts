import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { administer } from '../permissions.ts'
import { repositoryDetails, repositoryName, repositorySettings } from './repository.ts'

/** @see https://docs.github.com/en/rest/repos/repos#create-an-organization-repository for `org` */
export const createRepository = /* @__PURE__ */ defineAction({
  name: 'repositories.create',
  summary: 'Create a repository for the viewer or, with org, in an organization; public unless told.',
  effect: 'create',
  permissions: administer,
  source: 'https://docs.github.com/en/rest/repos/repos#create-a-repository-for-the-authenticated-user',
  input: () =>
    z.strictObject({
      org: z.string().min(1).optional().describe('Login of the organization; the viewer unless told.'),
      name: repositoryName(),
      ...repositorySettings(),
      auto_init: z.boolean().optional().describe('True makes a first commit with an empty README.'),
      gitignore_template: z.string().optional().describe('Name of a .gitignore template, such as Node.'),
      license_template: z.string().optional().describe('Keyword of a license, such as mit.'),
    }),
  output: repositoryDetails,
  request: ({ org, ...body }) => ({
    method: 'POST',
    path: org === undefined ? path`/user/repos` : path`/orgs/${org}/repos`,
    body,
  }),
})
