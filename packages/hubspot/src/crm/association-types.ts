import * as z from 'zod'
import type { AssociationTarget, CrmObject } from './crm-object.ts'

/** One kind of association, as HubSpot numbers them. */
export const associationType = () =>
  z.strictObject({
    associationCategory: z
      .enum(['HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED'])
      .describe('Who defined the type: category of associations.listLabels.'),
    associationTypeId: z.int().positive().describe('Number of the type: typeId of associations.listLabels.'),
  })

/**
 * Associations of a new record. Naming the other record's type is enough for an unlabelled association;
 * `types` chooses others, or reaches types of records that HubSpot does not define.
 */
export function newAssociations<D extends CrmObject>({ associationTypeIds }: D) {
  const targets = Object.keys(associationTypeIds) as AssociationTarget<D>[]
  const association = z
    .strictObject({
      toObjectType: z
        .enum(targets)
        .optional()
        .describe('Object type of the other record; needed without types.'),
      toObjectId: z.string().min(1).describe('Id of the other record.'),
      types: z
        .array(associationType())
        .min(1)
        .optional()
        .describe('Association types, for labelled associations.'),
    })
    .refine(({ toObjectType, types }) => (toObjectType ?? types) !== undefined, {
      path: ['toObjectType'],
      error: 'expected the object type of the other record, or types',
    })
  return z.array(association).optional().describe('Existing records to associate the new one with.')
}

interface NewAssociation {
  toObjectType?: string | undefined
  toObjectId: string
  types?: readonly z.output<ReturnType<typeof associationType>>[] | undefined
}

/** An association of a new record, in the API's own form. */
export function associationBody(
  { associationTypeIds }: CrmObject,
  { toObjectType = '', toObjectId, types }: NewAssociation,
) {
  const unlabelled = {
    associationCategory: 'HUBSPOT_DEFINED',
    associationTypeId: associationTypeIds[toObjectType],
  }
  return { to: { id: toObjectId }, types: types ?? [unlabelled] }
}
