import { objectTypes, type ObjectType } from '../account/object-types.ts'
import { customProperty, standardProperties } from '../account/property-definitions.ts'
import { standardPipelines } from '../account/reference-data.ts'
import type { Account, CrmRecord, HubspotState } from '../account/state.ts'
import { standardAssociationTypes, userDefinedTypes } from '../associations/association-types.ts'
import { associate, associationType, defaultAssociationType } from '../associations/associations.ts'
import { emptyUsage, roomyLimits } from '../http/rate-limits.ts'
import { createRecord } from '../records/create-record.ts'
import { requireRecord } from '../records/find-record.ts'
import type { HubspotSeed, SeedObject } from './hubspot-seed.ts'

const firstRecordId = 1001

/** Builds the state of an account; records are created as the routes create them, so a bad seed throws. */
export function createState(seed: HubspotSeed, now: () => number): HubspotState {
  const state: HubspotState = {
    portalId: 12_345_678,
    objects: forEachType(() => new Map<string, CrmRecord>()),
    associations: new Map(),
    associationTypes: [
      ...standardAssociationTypes,
      ...(seed.associationLabels ?? []).flatMap((label) => userDefinedTypes(label)),
    ],
    properties: forEachType((type) => {
      const properties = standardProperties(type)
      for (const custom of seed.properties?.[type] ?? []) properties.set(custom.name, customProperty(custom))
      return properties
    }),
    pipelines: structuredClone({ ...standardPipelines, ...seed.pipelines }),
    owners: structuredClone(seed.owners ?? []).sort((a, b) => Number(a.id) - Number(b.id)),
    apps: structuredClone(seed.apps ?? []),
    accessTokens: byKey(seed.tokens, 'token'),
    refreshTokens: byKey(seed.refreshTokens, 'token'),
    authorizationCodes: byKey(seed.authorizationCodes, 'code'),
    approval: 'approve',
    rotateRefreshTokens: seed.rotateRefreshTokens ?? false,
    limits: { ...roomyLimits, ...seed.limits },
    usage: emptyUsage(),
    uniqueValues: new Map(),
    nextRecordId: firstRecordId,
    issuedTokens: 0,
  }
  addRecords({ state, now }, seed)
  return state
}

function addRecords(account: Account, seed: HubspotSeed): void {
  const seeded = objectTypes.flatMap((type) =>
    (seed.objects?.[type] ?? []).map((object) => ({ type, object })),
  )
  // Lists go by id, so records with an id of their own come first, in order.
  const withId = seeded.filter(({ object }) => object.id !== undefined)
  const withoutId = seeded.filter(({ object }) => object.id === undefined)
  withId.sort((a, b) => Number(a.object.id) - Number(b.object.id))
  const created = [...withId, ...withoutId].map(({ type, object }) => {
    refuseBadId(account, type, object)
    const { id, properties } = object
    return {
      object,
      type,
      id: createRecord(account, type, { properties, ...(id === undefined ? {} : { id }) }).id,
    }
  })
  for (const { object, type, id } of created) addAssociations(account, type, id, object)
}

function refuseBadId({ state }: Account, type: ObjectType, { id }: SeedObject): void {
  if (id === undefined) return
  if (!/^[1-9]\d*$/.test(id)) throw new TypeError(`The seed's ${type} id ${id} is not a number in digits.`)
  if (state.objects[type].has(id)) throw new TypeError(`The seed has two ${type} with the id ${id}.`)
}

function addAssociations({ state }: Account, from: ObjectType, id: string, object: SeedObject): void {
  for (const { to, typeId } of object.associations ?? []) {
    requireRecord(
      state,
      to.type,
      { id: to.id },
      `The seed associates ${from} ${id} with a missing ${to.type} ${to.id}`,
    )
    const type =
      typeId === undefined
        ? defaultAssociationType(state, from, to.type)
        : associationType(state, from, to.type, typeId)
    associate(state, { type: from, id }, to, type)
  }
}

function forEachType<Value>(create: (type: ObjectType) => Value): Record<ObjectType, Value> {
  return {
    contacts: create('contacts'),
    companies: create('companies'),
    deals: create('deals'),
    tickets: create('tickets'),
    notes: create('notes'),
  }
}

function byKey<Key extends string, Item extends Record<Key, string>>(
  items: readonly Item[] | undefined,
  key: Key,
): Map<string, Item> {
  return new Map(structuredClone(items ?? []).map((item) => [item[key], item]))
}
