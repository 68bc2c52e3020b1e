import * as z from 'zod'
import type { CrmObject, StandardName, WritableName } from './crm-object.ts'

/** Values of properties by name: always text, null where empty, absent where not asked for. */
export type PropertyValues<Name extends string> = Partial<Record<Name, string | null | undefined>> &
  Record<string, string | null | undefined>

const value = () => z.string().nullish()

const associations = () =>
  z.record(
    z.string(),
    z.object({
      results: z.array(z.object({ id: z.string(), type: z.string().nullish() })),
      paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
    }),
  )

const withProperties = <Properties extends z.ZodType>(properties: Properties) =>
  z.object({
    id: z.string(),
    properties,
    createdAt: z.string(),
    updatedAt: z.string(),
    archived: z.boolean().nullish(),
    archivedAt: z.string().nullish(),
    url: z.string().nullish(),
  })

/** A record as reads answer it: with the properties that were asked for. */
export const readRecord = <D extends CrmObject>() =>
  withProperties(
    z.record(z.string(), value()) as unknown as z.ZodType<PropertyValues<StandardName<D>>>,
  ).extend({
    associations: associations().nullish(),
  })

/**
 * A record as writes answer it: with its standard properties. HubSpot adds dozens of calculated ones; whoever
 * needs those, or custom ones, reads the record.
 */
export function writtenRecord<D extends CrmObject>({ properties }: D) {
  const shape = Object.fromEntries(Object.keys(properties).map((name) => [name, value()]))
  return withProperties(z.object(shape as Record<WritableName<D>, ReturnType<typeof value>>))
}

/** One record of an object, such as a contact. */
export type CrmRecord<D extends CrmObject> = z.output<ReturnType<typeof readRecord<D>>>
