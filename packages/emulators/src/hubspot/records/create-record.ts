import { objectTypeFacts, type ObjectType } from '../account/object-types.ts'
import type { Account, CrmRecord, HubspotState } from '../account/state.ts'
import { pipelineProperties } from '../account/reference-data.ts'
import type { AssociationType } from '../associations/association-types.ts'
import { associate, type RecordReference } from '../associations/associations.ts'
import { invalid } from '../http/hubspot-error.ts'
import { derivedProperties } from './derived-properties.ts'
import { requireRecord } from './find-record.ts'
import { storedProperties } from './property-values.ts'
import { claimUniqueValues, refuseDuplicates, uniqueKeys } from './unique-values.ts'

export interface NewRecord {
  properties: Record<string, unknown>
  associations?: NewAssociation[]
  /** Given by a seed only. */
  id?: string
}

interface NewAssociation {
  toId: string
  typeIds: number[]
}

/** A record that passed every check and waits for being stored. */
export interface PreparedRecord {
  id: string | undefined
  properties: Record<string, string>
  uniqueKeys: string[]
  associations: { to: RecordReference; type: AssociationType }[]
}

/** Checks a new record and everything it refers to, without changing anything. */
export function prepareRecord({ state }: Account, type: ObjectType, input: NewRecord): PreparedRecord {
  const properties = { ...defaultPipeline(type), ...storedProperties(state, type, input.properties) }
  requireProperties(type, properties)
  const keys = uniqueKeys(state, type, properties)
  refuseDuplicates(state, type, keys)
  const associations = (input.associations ?? []).flatMap(({ toId, typeIds }) =>
    typeIds.map((typeId) => prepareAssociation(state, type, toId, typeId)),
  )
  return { id: input.id, properties, uniqueKeys: keys, associations }
}

// The type id alone tells which type the other record has.
function prepareAssociation(state: HubspotState, from: ObjectType, toId: string, typeId: number) {
  const type = state.associationTypes.find((known) => known.from === from && known.typeId === typeId)
  if (type === undefined) throw invalid(`invalid association type ${typeId} from ${from}`)
  const { id } = requireRecord(state, type.to, { id: toId }, `No ${type.to} with id ${toId} exists`)
  return { to: { type: type.to, id }, type }
}

export function insertRecord(account: Account, type: ObjectType, prepared: PreparedRecord): CrmRecord {
  const { state } = account
  const { createdProperty, modifiedProperty } = objectTypeFacts[type]
  const now = new Date(account.now()).toISOString()
  const id = prepared.id ?? String(state.nextRecordId)
  const createdAt = prepared.properties[createdProperty] ?? now
  const properties = Object.fromEntries(
    Object.entries(prepared.properties).filter(([, value]) => value !== ''),
  )
  const record: CrmRecord = {
    id,
    properties: { ...properties, hs_object_id: id, [createdProperty]: createdAt, [modifiedProperty]: now },
    history: {},
    createdAt,
    updatedAt: now,
    archived: false,
  }
  Object.assign(record.properties, derivedProperties(state, type, record, now))
  state.nextRecordId = Math.max(state.nextRecordId, Number(id) + 1)
  state.objects[type].set(id, record)
  claimUniqueValues(state, type, record)
  for (const association of prepared.associations) {
    associate(state, { type, id }, association.to, association.type)
  }
  return record
}

export function createRecord(account: Account, type: ObjectType, input: NewRecord): CrmRecord {
  return insertRecord(account, type, prepareRecord(account, type, input))
}

function defaultPipeline(type: ObjectType): Record<string, string> {
  const names = pipelineProperties[type]
  return names === undefined ? {} : { [names.pipeline]: type === 'deals' ? 'default' : '0' }
}

function requireProperties(type: ObjectType, properties: Record<string, string>): void {
  const { required, singular } = objectTypeFacts[type]
  const missing = required.filter((group) => !group.some((name) => (properties[name] ?? '') !== ''))
  if (missing.length === 0) return
  throw invalid(`Error creating ${singular.toUpperCase()}. Some required properties were not set.`, {
    errors: missing.map((group) => ({
      message: `Required: ${group.join(' or ')}`,
      code: 'REQUIRED_PROPERTY_MISSING',
      context: { properties: [...group] },
    })),
  })
}
