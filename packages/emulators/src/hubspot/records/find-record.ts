import type { ObjectType } from '../account/object-types.ts'
import type { CrmRecord, HubspotState } from '../account/state.ts'
import { invalid, notFound } from '../http/hubspot-error.ts'
import { uniqueKey } from './unique-values.ts'

export interface RecordLookup {
  id: string
  /** Unique property that `id` is a value of; the record id where undefined. */
  idProperty?: string | undefined
  archived?: boolean
}

export function findRecord(
  state: HubspotState,
  type: ObjectType,
  lookup: RecordLookup,
): CrmRecord | undefined {
  const id = recordIdOf(state, type, lookup)
  const record = id === undefined ? undefined : state.objects[type].get(id)
  return record?.archived === (lookup.archived ?? false) ? record : undefined
}

export function requireRecord(
  state: HubspotState,
  type: ObjectType,
  lookup: RecordLookup,
  message?: string,
): CrmRecord {
  const record = findRecord(state, type, lookup)
  if (record === undefined) throw notFound(message)
  return record
}

function recordIdOf(
  state: HubspotState,
  type: ObjectType,
  { id, idProperty }: RecordLookup,
): string | undefined {
  if (idProperty === undefined || idProperty === 'hs_object_id') return id
  if (state.properties[type].get(idProperty)?.hasUniqueValue !== true) {
    throw invalid(`${idProperty} is not a unique property of ${type} and cannot be used as idProperty`)
  }
  return state.uniqueValues.get(uniqueKey(type, idProperty, id))
}
