import { defineAction, noContent, path } from '@agent/core'
import { writeIssues } from '../permissions.ts'
import { labelRef } from './label.ts'

export const deleteLabel = /* @__PURE__ */ defineAction({
  name: 'labels.delete',
  summary: 'Delete a label from a repository and from every issue that has it.',
  effect: 'delete',
  permissions: writeIssues,
  source: 'https://docs.github.com/en/rest/issues/labels#delete-a-label',
  input: labelRef,
  output: noContent,
  request: ({ owner, repo, name }) => ({
    method: 'DELETE',
    path: path`/repos/${owner}/${repo}/labels/${name}`,
  }),
})
