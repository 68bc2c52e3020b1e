import { objectTypeFacts, type ObjectType } from '../account/object-types.ts'
import type { CrmRecord, HubspotState } from '../account/state.ts'
import { primaryLabel, type AssociationType } from '../associations/association-types.ts'
import { associationsOf, associationTypesBetween } from '../associations/associations.ts'
import { versionsOf } from './change-record.ts'

/** What of a record an answer shows; nothing asked for means the type's default properties. */
export interface RecordView {
  properties?: string[]
  propertiesWithHistory?: string[]
  associations?: ObjectType[]
}

export function renderRecord(
  state: HubspotState,
  type: ObjectType,
  record: CrmRecord,
  view: RecordView = {},
): Record<string, unknown> {
  const withHistory = knownNames(state, type, view.propertiesWithHistory ?? [])
  return {
    id: record.id,
    properties: shownProperties(state, type, record, view),
    ...(withHistory.length === 0 ? {} : { propertiesWithHistory: shownHistory(record, withHistory) }),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    archived: record.archived,
    ...(record.archivedAt === undefined ? {} : { archivedAt: record.archivedAt }),
    ...shownAssociations(state, type, record, view.associations ?? []),
    url: `https://app.hubspot.com/contacts/${state.portalId}/record/${objectTypeFacts[type].typeId}/${record.id}`,
  }
}

function shownProperties(state: HubspotState, type: ObjectType, record: CrmRecord, view: RecordView) {
  const { defaultProperties, createdProperty, modifiedProperty } = objectTypeFacts[type]
  const asked = view.properties?.length ? view.properties : defaultProperties
  const names = knownNames(state, type, [
    ...asked,
    ...(view.propertiesWithHistory ?? []),
    createdProperty,
    modifiedProperty,
    'hs_object_id',
  ])
  return Object.fromEntries(names.map((name) => [name, record.properties[name] ?? null]))
}

// Unknown properties are left out on reads, as HubSpot does.
function knownNames(state: HubspotState, type: ObjectType, names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => state.properties[type].has(name))
}

function shownHistory(record: CrmRecord, names: string[]) {
  return Object.fromEntries(
    names.map((name) => [
      name,
      versionsOf(record, name).map((version) => ({
        ...version,
        sourceType: 'INTEGRATION',
        sourceId: 'emulator',
      })),
    ]),
  )
}

function shownAssociations(state: HubspotState, type: ObjectType, record: CrmRecord, wanted: ObjectType[]) {
  const associations: Record<string, unknown> = {}
  for (const to of wanted) {
    const types = associationTypesBetween(state, type, to)
    const results = [...associationsOf(state, { type, id: record.id }, to)].flatMap(([id, typeIds]) =>
      types
        .filter(({ typeId }) => typeIds.includes(typeId))
        .map((associationType) => ({ id, type: associationName(associationType, types) })),
    )
    if (results.length > 0) associations[to] = { results }
  }
  return Object.keys(associations).length === 0 ? {} : { associations }
}

// The plain name belongs to the primary association where the pair has one.
function associationName({ from, to, label }: AssociationType, all: AssociationType[]): string {
  const name = `${objectTypeFacts[from].singular}_to_${objectTypeFacts[to].singular}`
  if (label === primaryLabel) return name
  if (label !== null) return label.toLowerCase().replaceAll(/\W+/g, '_')
  return all.some((other) => other.label === primaryLabel) ? `${name}_unlabeled` : name
}
