import * as z from 'zod'
import { type CrmObject, idName, type IdName } from './crm-object.ts'

/** A comma or a space in a name would make it several. */
export const propertyName = () => z.string().regex(/^[\w.-]+$/)

const objectType = () => z.string().regex(/^[\w-]+$/)

const types = 'contacts, companies, deals, tickets, notes, or a type id such as 0-27'

export const namedObjectType = (whose: string) => objectType().describe(`Object type of ${whose}: ${types}.`)

export const recordId = (whose: string) => z.string().min(1).describe(`Id of ${whose}.`)

/** Parameters of an action on one record: its id, named as HubSpot names it (`contactId`), and further ones. */
export function refParameters<D extends CrmObject, Shape extends z.ZodRawShape>(
  object: D,
  description: string,
  shape: () => Shape,
) {
  const key = idName(object)
  type Named = Readonly<Record<IdName<D>, z.ZodString>>
  return {
    input: () =>
      z.strictObject({
        [key]: z.string().min(1).describe(description),
        ...shape(),
      }) as unknown as z.ZodObject<Named & Shape, z.core.$strict>,
    /** Validated parameters with the id as `id`: the compiler cannot follow a computed name through a schema. */
    read: (parameters: object) => {
      const { [key]: id, ...rest } = parameters as Record<string, unknown>
      return { id, ...rest } as { id: string } & z.output<z.ZodObject<Shape, z.core.$strict>>
    },
  }
}

/** Names of properties to answer with; the object's own choice where the caller names none. */
export const requestedProperties = ({ defaultProperties }: CrmObject) =>
  z
    .array(propertyName())
    .min(1)
    .optional()
    .describe(`Properties to return, custom ones too; unless told: ${defaultProperties.join(', ')}.`)

export const idProperty = () =>
  propertyName()
    .optional()
    .describe('Property with unique values that the id is a value of; hs_object_id unless told.')

export const requestedAssociations = () =>
  z.array(objectType()).min(1).optional().describe(`Object types whose associated ids to return: ${types}.`)

export const archived = () => z.boolean().optional().describe('True for archived records only.')
