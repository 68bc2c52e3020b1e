import { defineAction, path } from '@agent/core'
import { readIssues } from '../permissions.ts'
import { label, labelRef } from './label.ts'

export const getLabel = /* @__PURE__ */ defineAction({
  name: 'labels.get',
  summary: 'Get one label of a repository.',
  effect: 'read',
  permissions: readIssues,
  source: 'https://docs.github.com/en/rest/issues/labels#get-a-label',
  input: labelRef,
  output: label,
  request: ({ owner, repo, name }) => ({
    method: 'GET',
    path: path`/repos/${owner}/${repo}/labels/${name}`,
  }),
})
