import { defineAction } from '@agent/core'
import * as z from 'zod'
import { namedObjectType } from '../crm/parameters.ts'
import { associationLabelsPath } from '../crm/paths.ts'
import { associationLabel } from './association.ts'
import { eitherObjectsScope } from './declared.ts'

export const listAssociationLabels = /* @__PURE__ */ defineAction({
  name: 'associations.listLabels',
  summary: 'List the association types from one object type to another; null is the unlabelled one.',
  effect: 'read',
  permissions: eitherObjectsScope,
  source:
    'https://developers.hubspot.com/docs/api-reference/latest/crm/associations/associations-schema/guide',
  input: () =>
    z.strictObject({
      fromObjectType: namedObjectType('the first record'),
      toObjectType: namedObjectType('the second record'),
    }),
  output: () => z.object({ results: z.array(associationLabel()) }),
  request: ({ fromObjectType, toObjectType }) => ({
    method: 'GET',
    path: associationLabelsPath(fromObjectType, toObjectType),
  }),
})
