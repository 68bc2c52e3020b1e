import { arrayAt, objectAt, optionalTextAt, textAt, type JsonObject } from '../http/json-body.ts'
import type { NewRecord } from '../records/create-record.ts'

/** Reads `{properties, associations}` of a create, in one body or one batch input. */
export function newRecord(input: JsonObject): NewRecord {
  return {
    properties: objectAt(input['properties'] ?? {}, 'properties'),
    associations: arrayAt(input['associations'], 'associations').map((item, index) => {
      const place = `associations[${index}]`
      const association = objectAt(item, place)
      return {
        toId: textAt(objectAt(association['to'], `${place}.to`)['id'], `${place}.to.id`),
        typeIds: associationTypeIds(association['types'], `${place}.types`),
      }
    }),
  }
}

/** Reads `[{associationCategory, associationTypeId}]`. */
export function associationTypeIds(value: unknown, place: string): number[] {
  return arrayAt(value, place).map((item, index) =>
    Number(textAt(objectAt(item, place)['associationTypeId'], `${place}[${index}].associationTypeId`)),
  )
}

/** Reads `{id, idProperty}` of a batch input. */
export function lookup(input: JsonObject) {
  return { id: textAt(input['id'], 'id'), idProperty: optionalTextAt(input['idProperty'], 'idProperty') }
}
