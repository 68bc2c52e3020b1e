import type { ObjectType } from '../account/object-types.ts'
import type { HubspotState } from '../account/state.ts'
import { invalid } from '../http/hubspot-error.ts'
import { primaryLabel, type AssociationType } from './association-types.ts'

export interface RecordReference {
  type: ObjectType
  id: string
}

/** The kinds of association from one object type to another, the unlabelled one first. */
export function associationTypesBetween(
  state: HubspotState,
  from: ObjectType,
  to: ObjectType,
): AssociationType[] {
  return state.associationTypes.filter((type) => type.from === from && type.to === to)
}

export function associationType(
  state: HubspotState,
  from: ObjectType,
  to: ObjectType,
  typeId: number,
): AssociationType {
  const found = associationTypesBetween(state, from, to).find((type) => type.typeId === typeId)
  if (found === undefined) {
    throw invalid(`invalid association type ${typeId} from ${from} to ${to}`, {
      context: { fromObjectType: [from], toObjectType: [to] },
    })
  }
  return found
}

export function defaultAssociationType(
  state: HubspotState,
  from: ObjectType,
  to: ObjectType,
): AssociationType {
  const found = associationTypesBetween(state, from, to).find(({ label }) => label === null)
  if (found === undefined) throw invalid(`No default association type exists from ${from} to ${to}`)
  return found
}

/** Type ids of every association of a record with records of one type, by the id of the other record. */
export function associationsOf(
  state: HubspotState,
  record: RecordReference,
  to: ObjectType,
): Map<string, number[]> {
  return state.associations.get(keyOf(record))?.[to] ?? new Map<string, number[]>()
}

/** Associates two records in both directions; a labelled association brings the unlabelled one along. */
export function associate(
  state: HubspotState,
  from: RecordReference,
  to: RecordReference,
  type: AssociationType,
): void {
  if (type.label === primaryLabel) removeOtherPrimaries(state, from, to, type)
  const unlabelled = associationTypesBetween(state, from.type, to.type).find(({ label }) => label === null)
  for (const { typeId, inverseTypeId } of [type, unlabelled ?? type]) {
    addEdge(state, from, to, typeId)
    addEdge(state, to, from, inverseTypeId)
  }
}

/** Removes every association between two records. */
export function dissociate(state: HubspotState, from: RecordReference, to: RecordReference): void {
  associationsOf(state, from, to.type).delete(to.id)
  associationsOf(state, to, from.type).delete(from.id)
}

/** Removes every association of a record. */
export function dissociateAll(state: HubspotState, record: RecordReference): void {
  const byType = state.associations.get(keyOf(record)) ?? {}
  for (const [type, others] of Object.entries(byType)) {
    for (const id of others.keys()) {
      associationsOf(state, { type: type as ObjectType, id }, record.type).delete(record.id)
    }
  }
  state.associations.delete(keyOf(record))
}

// A record has one primary company, whichever side the association is made from.
function removeOtherPrimaries(
  state: HubspotState,
  from: RecordReference,
  to: RecordReference,
  type: AssociationType,
): void {
  const towardsCompany = type.to === 'companies'
  const owner = towardsCompany ? from : to
  const typeId = towardsCompany ? type.typeId : type.inverseTypeId
  const inverseTypeId = towardsCompany ? type.inverseTypeId : type.typeId
  for (const id of associationsOf(state, owner, 'companies').keys()) {
    const company = { type: 'companies', id } as const
    removeEdge(state, owner, company, typeId)
    removeEdge(state, company, owner, inverseTypeId)
  }
}

function addEdge(state: HubspotState, from: RecordReference, to: RecordReference, typeId: number): void {
  const key = keyOf(from)
  const byType = state.associations.get(key) ?? {}
  const byId = byType[to.type] ?? new Map<string, number[]>()
  const typeIds = byId.get(to.id) ?? []
  state.associations.set(key, byType)
  byType[to.type] = byId
  byId.set(to.id, typeIds.includes(typeId) ? typeIds : [...typeIds, typeId])
}

function removeEdge(state: HubspotState, from: RecordReference, to: RecordReference, typeId: number): void {
  const byId = associationsOf(state, from, to.type)
  const left = byId.get(to.id)?.filter((other) => other !== typeId) ?? []
  if (left.length === 0) byId.delete(to.id)
  else byId.set(to.id, left)
}

function keyOf({ type, id }: RecordReference): string {
  return `${type}:${id}`
}
