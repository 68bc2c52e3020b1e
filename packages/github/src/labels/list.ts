import { defineAction, path } from '@agent/core'
import { listPages } from '../pages.ts'
import { repositoryRef } from '../parameters.ts'
import { readIssues } from '../permissions.ts'
import { label } from './label.ts'

export const listLabels = /* @__PURE__ */ defineAction({
  name: 'labels.list',
  summary: 'List the labels that a repository has.',
  effect: 'read',
  permissions: readIssues,
  source: 'https://docs.github.com/en/rest/issues/labels#list-labels-for-a-repository',
  input: repositoryRef,
  output: label,
  page: listPages,
  request: ({ owner, repo }) => ({ method: 'GET', path: path`/repos/${owner}/${repo}/labels` }),
})
