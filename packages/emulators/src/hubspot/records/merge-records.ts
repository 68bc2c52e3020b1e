import { objectTypes, type ObjectType } from '../account/object-types.ts'
import type { Account, CrmRecord } from '../account/state.ts'
import { associate, associationsOf, associationTypesBetween } from '../associations/associations.ts'
import { archiveRecord } from './change-record.ts'
import { insertRecord } from './create-record.ts'

/** Merges two records into a new one, which takes the values of the primary first and all associations. */
export function mergeRecords(
  account: Account,
  type: ObjectType,
  primary: CrmRecord,
  merged: CrmRecord,
): CrmRecord {
  const { state } = account
  const associations = [merged, primary].flatMap(({ id }) =>
    objectTypes.flatMap((to) =>
      [...associationsOf(state, { type, id }, to)].flatMap(([otherId, typeIds]) =>
        associationTypesBetween(state, type, to)
          .filter(({ typeId }) => typeIds.includes(typeId))
          .map((association) => ({ to: { type: to, id: otherId }, type: association })),
      ),
    ),
  )
  const properties = { ...merged.properties, ...primary.properties }
  for (const record of [primary, merged]) archiveRecord(account, type, record)
  const result = insertRecord(account, type, { id: undefined, properties, uniqueKeys: [], associations: [] })
  for (const { to, type: association } of associations) {
    if (state.objects[to.type].get(to.id)?.archived === false) {
      associate(state, { type, id: result.id }, to, association)
    }
  }
  return result
}
