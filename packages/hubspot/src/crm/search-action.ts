import { defineAction } from '@agent/core'
import * as z from 'zod'
import { type CrmObject, permissionsFor, searchGuide } from './crm-object.ts'
import { searchPages } from './pages.ts'
import { requestedProperties } from './parameters.ts'
import { searchPath } from './paths.ts'
import { readRecord } from './record.ts'
import { filterGroups, sorts } from './search-filters.ts'

const longestQuery = 3000

export const searchAction = <D extends CrmObject>(object: D) =>
  defineAction({
    name: `${object.plural}.search`,
    summary: `Search ${object.plural} by text and by property values; changes take some moments to show.`,
    effect: 'read',
    permissions: permissionsFor(object, 'read'),
    source: searchGuide,
    input: () =>
      z.strictObject({
        query: z
          .string()
          .min(1)
          .max(longestQuery)
          .optional()
          .describe(`Words to look for in ${object.searched}.`),
        filterGroups: filterGroups(),
        sorts: sorts(),
        properties: requestedProperties(object),
      }),
    output: () => readRecord<D>(),
    page: searchPages,
    request: ({ properties = object.defaultProperties, ...search }) => ({
      method: 'POST',
      path: searchPath(object.plural),
      body: { ...search, properties },
    }),
  })
