import * as z from 'zod'
import { namedObjectType, recordId } from '../crm/parameters.ts'

/** The two records that an association joins. */
export const pairRef = () =>
  z.strictObject({
    objectType: namedObjectType('the first record'),
    objectId: recordId('the first record'),
    toObjectType: namedObjectType('the second record'),
    toObjectId: recordId('the second record'),
  })

// Older versions of the API answer with numbers.
const id = () => z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string())

/** A kind of association between two object types. */
export const associationLabel = () =>
  z.object({ category: z.string(), typeId: z.number(), label: z.string().nullish() })

export type AssociationLabel = z.output<ReturnType<typeof associationLabel>>

/** A record at the other end, and the kinds of association that lead to it. */
export const associatedRecord = () =>
  z.object({ toObjectId: id(), associationTypes: z.array(associationLabel()) })

export type AssociatedRecord = z.output<ReturnType<typeof associatedRecord>>

const end = () => z.object({ id: id() })

/** What was made: one entry for each direction. */
export const createdAssociation = () =>
  z.object({
    results: z.array(
      z.object({
        from: end(),
        to: end(),
        associationSpec: z.object({ associationCategory: z.string(), associationTypeId: z.number() }),
      }),
    ),
  })

export type CreatedAssociation = z.output<ReturnType<typeof createdAssociation>>

/** Two records, and the labels between them. */
export const labeledAssociation = () =>
  z.object({ fromObjectId: id(), toObjectId: id(), labels: z.array(z.string()) })

export type LabeledAssociation = z.output<ReturnType<typeof labeledAssociation>>
