import * as z from 'zod'
import type { CrmObject, RequiredName, WritableName } from './crm-object.ts'

const custom = () => z.string().optional()

type Shape<D extends CrmObject, Required extends string> = {
  [Name in WritableName<D>]: Name extends Required ? z.ZodString : z.ZodOptional<z.ZodString>
}

type WrittenProperties<D extends CrmObject, Required extends string> = z.ZodObject<
  Shape<D, Required>,
  z.core.$catchall<ReturnType<typeof custom>>
>

function writable<D extends CrmObject, Required extends string>(object: D, required: readonly string[]) {
  const shape = Object.entries(object.properties).map(([name, description]) => {
    const text = z.string().describe(description)
    return [name, required.includes(name) ? text : text.optional()]
  })
  return z
    .object(Object.fromEntries(shape) as z.ZodRawShape)
    .catchall(custom()) as unknown as WrittenProperties<D, Required>
}

const isGiven = (properties: object, name: string) =>
  ((properties as Readonly<Record<string, unknown>>)[name] ?? '') !== ''

/** Properties of a new record: the standard ones by name, any others as text. */
export function newProperties<D extends CrmObject>(object: D) {
  const { requiredAnyOf, requiredProperties } = object
  const properties = writable<D, RequiredName<D>>(object, requiredProperties)
  if (!requiredAnyOf) return properties.describe('Properties by name, custom ones too; values are text.')
  const oneOf = `one of ${requiredAnyOf.join(', ')}`
  return properties
    .refine((given) => requiredAnyOf.some((name) => isGiven(given, name)), { error: `expected ${oneOf}` })
    .describe(`Properties by name, custom ones too; values are text. Needs at least ${oneOf}.`)
}

/** Properties to change; what is left out stays. */
export const changedProperties = <D extends CrmObject>(object: D) =>
  writable<D, never>(object, [])
    .refine((given) => Object.values(given).some((value) => value !== undefined), {
      error: 'expected at least one property',
    })
    .describe('Properties to change, by name, custom ones too; values are text, and empty text clears one.')
