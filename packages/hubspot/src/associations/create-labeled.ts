import { defineAction } from '@agent/core'
import * as z from 'zod'
import { associationType } from '../crm/association-types.ts'
import { associationPath } from '../crm/paths.ts'
import { labeledAssociation, pairRef } from './association.ts'
import { associationsGuide, eitherObjectsScope } from './declared.ts'

export const createLabeledAssociation = /* @__PURE__ */ defineAction({
  name: 'associations.createLabeled',
  summary: 'Associate two records under labels, such as the primary company of a contact.',
  effect: 'create',
  permissions: eitherObjectsScope,
  source: associationsGuide,
  input: () =>
    pairRef().extend({
      types: z
        .array(associationType())
        .min(1)
        .describe('Association types from the first record to the second, of associations.listLabels.'),
    }),
  output: labeledAssociation,
  request: ({ types, ...pair }) => ({ method: 'PUT', path: associationPath(pair), body: types }),
})
