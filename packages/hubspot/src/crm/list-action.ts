import { defineAction } from '@agent/core'
import * as z from 'zod'
import { type CrmObject, guideOf, permissionsFor } from './crm-object.ts'
import { recordPages } from './pages.ts'
import { archived, requestedAssociations, requestedProperties } from './parameters.ts'
import { recordsPath } from './paths.ts'
import { readRecord } from './record.ts'

export const listAction = <D extends CrmObject>(object: D) =>
  defineAction({
    name: `${object.plural}.list`,
    summary: `List ${object.plural}, oldest first.`,
    effect: 'read',
    permissions: permissionsFor(object, 'read'),
    source: guideOf(object),
    input: () =>
      z.strictObject({
        properties: requestedProperties(object),
        associations: requestedAssociations(),
        archived: archived(),
      }),
    output: () => readRecord<D>(),
    page: recordPages,
    request: ({ properties = object.defaultProperties, ...query }) => ({
      method: 'GET',
      path: recordsPath(object.plural),
      query: { properties, ...query },
    }),
  })
