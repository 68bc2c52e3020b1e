import { defineAction } from '@agent/core'
import { type CrmObject, guideOf, permissionsFor } from './crm-object.ts'
import { idProperty, refParameters } from './parameters.ts'
import { recordPath } from './paths.ts'
import { writtenRecord } from './record.ts'
import { changedProperties } from './written-properties.ts'

export const updateAction = <D extends CrmObject>(object: D) => {
  const { plural, singular } = object
  const { input, read } = refParameters(object, `Id of the ${singular}, or its value of idProperty.`, () => ({
    idProperty: idProperty(),
    properties: changedProperties(object),
  }))
  return defineAction({
    name: `${plural}.update`,
    summary: `Change properties of a ${singular}. What is left out stays.`,
    effect: 'update',
    permissions: permissionsFor(object, 'write'),
    source: guideOf(object),
    input,
    output: () => writtenRecord(object),
    request(parameters) {
      const { id, idProperty, ...body } = read(parameters)
      return { method: 'PATCH', path: recordPath(plural, id), query: { idProperty }, body }
    },
  })
}
