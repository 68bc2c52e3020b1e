import { defineAction } from '@agent/core'
import { defaultAssociationPath } from '../crm/paths.ts'
import { createdAssociation, pairRef } from './association.ts'
import { associationsGuide, eitherObjectsScope } from './declared.ts'

export const createAssociation = /* @__PURE__ */ defineAction({
  name: 'associations.create',
  summary: 'Associate two records, without a label.',
  effect: 'create',
  permissions: eitherObjectsScope,
  source: associationsGuide,
  input: pairRef,
  output: createdAssociation,
  request: (pair) => ({ method: 'PUT', path: defaultAssociationPath(pair) }),
})
