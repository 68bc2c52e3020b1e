import { objectTypeFacts, type ObjectType } from '../account/object-types.ts'
import type { CrmRecord, HubspotState } from '../account/state.ts'
import { HubspotError, invalid } from '../http/hubspot-error.ts'

/** Keys of the values that no other live record of the type may hold. */
export function uniqueKeys(
  state: HubspotState,
  type: ObjectType,
  properties: Record<string, string>,
): string[] {
  return Object.entries(properties)
    .filter(([name, value]) => value !== '' && state.properties[type].get(name)?.hasUniqueValue === true)
    .map(([name, value]) => uniqueKey(type, name, value))
}

export function uniqueKey(type: ObjectType, property: string, value: string): string {
  return `${type}:${property}:${value.toLowerCase()}`
}

export function refuseDuplicates(state: HubspotState, type: ObjectType, keys: string[], id?: string): void {
  for (const key of keys) {
    const holder = state.uniqueValues.get(key)
    if (holder !== undefined && holder !== id) throw alreadyExists(type, holder)
  }
}

/** Refuses a batch of which two inputs hold the same unique value. */
export function refuseDuplicateInputs(type: ObjectType, keysOfInputs: string[][]): void {
  const seen = new Set<string>()
  for (const key of keysOfInputs.flat()) {
    if (seen.has(key)) throw invalid(`Duplicate values for a unique property of ${type} found in the batch`)
    seen.add(key)
  }
}

function alreadyExists(type: ObjectType, existingId: string): HubspotError {
  const { singular } = objectTypeFacts[type]
  const noun = singular.charAt(0).toUpperCase() + singular.slice(1)
  return new HubspotError(409, 'CONFLICT', `${noun} already exists. Existing ID: ${existingId}`)
}

export function releaseUniqueValues(state: HubspotState, type: ObjectType, record: CrmRecord): void {
  for (const key of uniqueKeys(state, type, record.properties)) state.uniqueValues.delete(key)
}

export function claimUniqueValues(state: HubspotState, type: ObjectType, record: CrmRecord): void {
  for (const key of uniqueKeys(state, type, record.properties)) state.uniqueValues.set(key, record.id)
}
