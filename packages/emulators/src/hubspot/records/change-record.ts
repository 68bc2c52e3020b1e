import { objectTypeFacts, type ObjectType } from '../account/object-types.ts'
import type { Account, CrmRecord, PropertyVersion } from '../account/state.ts'
import { dissociateAll } from '../associations/associations.ts'
import { invalid } from '../http/hubspot-error.ts'
import { derivedProperties } from './derived-properties.ts'
import { storedProperties } from './property-values.ts'
import { claimUniqueValues, refuseDuplicates, releaseUniqueValues, uniqueKeys } from './unique-values.ts'

/** Checks the properties of an update without changing anything. */
export function prepareUpdate(
  { state }: Account,
  type: ObjectType,
  record: CrmRecord,
  given: Record<string, unknown>,
): Record<string, string> {
  if (Object.keys(given).length === 0) {
    throw invalid('No properties found to update, please provide at least one.')
  }
  const changes = storedProperties(state, type, given)
  refuseDuplicates(state, type, uniqueKeys(state, type, changes), record.id)
  return changes
}

export function applyUpdate(
  account: Account,
  type: ObjectType,
  record: CrmRecord,
  changes: Record<string, string>,
): void {
  const { state } = account
  const now = new Date(account.now()).toISOString()
  releaseUniqueValues(state, type, record)
  for (const [name, value] of Object.entries(changes)) {
    if ((record.properties[name] ?? '') === value) continue
    record.history[name] = [{ value, timestamp: now }, ...versionsOf(record, name)]
    if (value === '') Reflect.deleteProperty(record.properties, name)
    else record.properties[name] = value
  }
  Object.assign(record.properties, derivedProperties(state, type, record, now))
  touch(type, record, now)
  claimUniqueValues(state, type, record)
}

export function updateRecord(
  account: Account,
  type: ObjectType,
  record: CrmRecord,
  given: Record<string, unknown>,
): void {
  applyUpdate(account, type, record, prepareUpdate(account, type, record, given))
}

/** Archives a record, which also ends its associations and frees its unique values. */
export function archiveRecord(account: Account, type: ObjectType, record: CrmRecord): void {
  const now = new Date(account.now()).toISOString()
  releaseUniqueValues(account.state, type, record)
  dissociateAll(account.state, { type, id: record.id })
  record.archived = true
  record.archivedAt = now
  touch(type, record, now)
}

/** Values of a property over time, newest first. */
export function versionsOf(record: CrmRecord, name: string): PropertyVersion[] {
  const versions = record.history[name]
  if (versions !== undefined) return versions
  const value = record.properties[name]
  return value === undefined ? [] : [{ value, timestamp: record.createdAt }]
}

function touch(type: ObjectType, record: CrmRecord, now: string): void {
  record.updatedAt = now
  record.properties[objectTypeFacts[type].modifiedProperty] = now
}
