import { defineAction } from '@agent/core'
import { type CrmObject, guideOf, permissionsFor } from './crm-object.ts'
import {
  archived,
  idProperty,
  refParameters,
  requestedAssociations,
  requestedProperties,
} from './parameters.ts'
import { recordPath } from './paths.ts'
import { readRecord } from './record.ts'

export const getAction = <D extends CrmObject>(object: D) => {
  const { plural, singular, defaultProperties } = object
  const { input, read } = refParameters(object, `Id of the ${singular}, or its value of idProperty.`, () => ({
    idProperty: idProperty(),
    properties: requestedProperties(object),
    associations: requestedAssociations(),
    archived: archived(),
  }))
  return defineAction({
    name: `${plural}.get`,
    summary: `Get one ${singular}, by its id or by another property with unique values.`,
    effect: 'read',
    permissions: permissionsFor(object, 'read'),
    source: guideOf(object),
    input,
    output: () => readRecord<D>(),
    request(parameters) {
      const { id, properties = defaultProperties, ...query } = read(parameters)
      return { method: 'GET', path: recordPath(plural, id), query: { properties, ...query } }
    },
  })
}
