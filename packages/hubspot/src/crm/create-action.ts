import { defineAction } from '@agent/core'
import * as z from 'zod'
import { associationBody, newAssociations } from './association-types.ts'
import { type CrmObject, guideOf, permissionsFor } from './crm-object.ts'
import { recordsPath } from './paths.ts'
import { writtenRecord } from './record.ts'
import { newProperties } from './written-properties.ts'

export const createAction = <D extends CrmObject>(object: D) =>
  defineAction({
    name: `${object.plural}.create`,
    summary: `Create a ${object.singular}, associated with existing records if wanted.`,
    effect: 'create',
    permissions: permissionsFor(object, 'write'),
    source: guideOf(object),
    input: () => z.strictObject({ properties: newProperties(object), associations: newAssociations(object) }),
    output: () => writtenRecord(object),
    request: ({ properties, associations }) => ({
      method: 'POST',
      path: recordsPath(object.plural),
      body: {
        properties: { ...object.initialProperties?.(), ...given(properties) },
        associations: associations?.map((association) => associationBody(object, association)),
      },
    }),
  })

// A value that is undefined is left out of JSON, and so must not displace an initial one.
const given = (properties: object) =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))
