import { defineAction } from '@agent/core'
import * as z from 'zod'
import { associationPages } from '../crm/pages.ts'
import { namedObjectType, recordId } from '../crm/parameters.ts'
import { associationsPath } from '../crm/paths.ts'
import { associatedRecord } from './association.ts'
import { associationsGuide, eitherObjectsScope } from './declared.ts'

export const listAssociations = /* @__PURE__ */ defineAction({
  name: 'associations.list',
  summary: 'List the records of one object type that a record is associated with.',
  effect: 'read',
  permissions: eitherObjectsScope,
  source: associationsGuide,
  input: () =>
    z.strictObject({
      objectType: namedObjectType('the record'),
      objectId: recordId('the record'),
      toObjectType: namedObjectType('the associated records'),
    }),
  output: associatedRecord,
  page: associationPages,
  request: ({ toObjectType, ...record }) => ({ method: 'GET', path: associationsPath(record, toObjectType) }),
})
