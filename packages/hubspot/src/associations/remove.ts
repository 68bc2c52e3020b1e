import { defineAction, noContent } from '@agent/core'
import { associationPath } from '../crm/paths.ts'
import { pairRef } from './association.ts'
import { associationsGuide, eitherObjectsScope } from './declared.ts'

export const removeAssociation = /* @__PURE__ */ defineAction({
  name: 'associations.remove',
  summary: 'Remove every association between two records, labelled ones too; the records stay.',
  effect: 'delete',
  permissions: eitherObjectsScope,
  source: associationsGuide,
  input: pairRef,
  output: noContent,
  request: (pair) => ({ method: 'DELETE', path: associationPath(pair) }),
})
