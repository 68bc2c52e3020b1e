import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { writeIssues } from '../permissions.ts'
import { label, labelColor, labelDescription, labelRef } from './label.ts'

export const updateLabel = /* @__PURE__ */ defineAction({
  name: 'labels.update',
  summary: 'Rename or change a label, on every issue that has it. What is left out stays.',
  effect: 'update',
  permissions: writeIssues,
  source: 'https://docs.github.com/en/rest/issues/labels#update-a-label',
  input: () =>
    labelRef().extend({
      new_name: z.string().min(1).optional().describe('New name; emoji are allowed.'),
      color: labelColor().optional(),
      description: labelDescription(),
    }),
  output: label,
  request: ({ owner, repo, name, ...body }) => ({
    method: 'PATCH',
    path: path`/repos/${owner}/${repo}/labels/${name}`,
    body,
  }),
})
