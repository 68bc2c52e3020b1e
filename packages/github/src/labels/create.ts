import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { repositoryRef } from '../parameters.ts'
import { writeIssues } from '../permissions.ts'
import { label, labelColor, labelDescription } from './label.ts'

export const createLabel = /* @__PURE__ */ defineAction({
  name: 'labels.create',
  summary: 'Create a label in a repository.',
  effect: 'create',
  permissions: writeIssues,
  source: 'https://docs.github.com/en/rest/issues/labels#create-a-label',
  input: () =>
    repositoryRef().extend({
      name: z.string().min(1).describe('Name; emoji are allowed.'),
      color: labelColor(),
      description: labelDescription(),
    }),
  output: label,
  request: ({ owner, repo, ...body }) => ({
    method: 'POST',
    path: path`/repos/${owner}/${repo}/labels`,
    body,
  }),
})
