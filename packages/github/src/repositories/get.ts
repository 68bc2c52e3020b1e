import { defineAction, path } from '@agent/core'
import { repositoryRef } from '../parameters.ts'
import { readMetadata } from '../permissions.ts'
import { repositoryDetails } from './repository.ts'

export const getRepository = /* @__PURE__ */ defineAction({
  name: 'repositories.get',
  summary: 'Get one repository with its settings.',
  effect: 'read',
  permissions: readMetadata,
  source: 'https://docs.github.com/en/rest/repos/repos#get-a-repository',
  input: repositoryRef,
  output: repositoryDetails,
  request: ({ owner, repo }) => ({ method: 'GET', path: path`/repos/${owner}/${repo}` }),
})
