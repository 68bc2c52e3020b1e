import type { ObjectType } from '../account/object-types.ts'

type AssociationCategory = 'HUBSPOT_DEFINED' | 'USER_DEFINED' | 'INTEGRATOR_DEFINED'

/** One direction of a kind of association. */
export interface AssociationType {
  from: ObjectType
  to: ObjectType
  category: AssociationCategory
  typeId: number
  label: string | null
  /** Type id of the same association seen from the other record. */
  inverseTypeId: number
}

/** Type ids between two records: by `type:id` of one, then by type and id of the other. */
export type AssociationEdges = Map<string, Partial<Record<ObjectType, Map<string, number[]>>>>

function both(
  from: ObjectType,
  to: ObjectType,
  typeId: number,
  inverseTypeId: number,
  label: string | null = null,
) {
  const forward = { from, to, category: 'HUBSPOT_DEFINED', typeId, label, inverseTypeId } as const
  if (from === to && typeId === inverseTypeId) return [forward]
  return [forward, { ...forward, from: to, to: from, typeId: inverseTypeId, inverseTypeId: typeId }]
}

export const primaryLabel = 'Primary'

/**
 * The associations that HubSpot defines between the emulated types; the unlabelled one of a pair comes first.
 * @see https://developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/guide
 */
export const standardAssociationTypes: readonly AssociationType[] = [
  ...both('contacts', 'companies', 279, 280),
  ...both('contacts', 'companies', 1, 2, primaryLabel),
  ...both('deals', 'companies', 341, 342),
  ...both('deals', 'companies', 5, 6, primaryLabel),
  ...both('tickets', 'companies', 339, 340),
  ...both('tickets', 'companies', 26, 25, primaryLabel),
  ...both('deals', 'contacts', 3, 4),
  ...both('tickets', 'contacts', 16, 15),
  ...both('tickets', 'deals', 28, 27),
  ...both('notes', 'contacts', 202, 201),
  ...both('notes', 'companies', 190, 189),
  ...both('notes', 'deals', 214, 213),
  ...both('notes', 'tickets', 228, 227),
  ...both('contacts', 'contacts', 449, 449),
  ...both('companies', 'companies', 450, 450),
  { ...directed('companies', 13, 14), label: 'Child Company' },
  { ...directed('companies', 14, 13), label: 'Parent Company' },
  ...both('deals', 'deals', 451, 451),
  ...both('tickets', 'tickets', 452, 452),
]

function directed(type: ObjectType, typeId: number, inverseTypeId: number): AssociationType {
  return { from: type, to: type, category: 'HUBSPOT_DEFINED', typeId, label: null, inverseTypeId }
}

/** A pair of labels of the account's own. */
export interface AssociationLabel {
  from: ObjectType
  to: ObjectType
  typeId: number
  label: string
  /** The direction back; alike to this one where omitted. */
  inverse?: { typeId: number; label: string }
}

export function userDefinedTypes({ from, to, typeId, label, inverse }: AssociationLabel): AssociationType[] {
  const back = inverse ?? { typeId, label }
  const forward = { from, to, category: 'USER_DEFINED', typeId, label, inverseTypeId: back.typeId } as const
  if (from === to && back.typeId === typeId) return [forward]
  return [forward, { ...forward, from: to, to: from, ...back, inverseTypeId: typeId }]
}
