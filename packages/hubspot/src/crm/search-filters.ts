import * as z from 'zod'
import { propertyName } from './parameters.ts'

const maxGroups = 5
const maxFiltersPerGroup = 6
const maxFilters = 18

const property = () =>
  propertyName().describe('Property, or associations.contact and the like for associated ids.')

const filter = () =>
  z.discriminatedUnion('operator', [
    z.strictObject({
      propertyName: property(),
      operator: z
        .enum(['EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE', 'CONTAINS_TOKEN', 'NOT_CONTAINS_TOKEN'])
        .describe('CONTAINS_TOKEN compares words and takes * as a wildcard.'),
      value: z.string().describe('Dates as ISO 8601 or Unix milliseconds.'),
    }),
    z.strictObject({
      propertyName: property(),
      operator: z.literal('BETWEEN'),
      value: z.string().describe('Lower bound, included.'),
      highValue: z.string().describe('Upper bound, included.'),
    }),
    z.strictObject({
      propertyName: property(),
      operator: z.enum(['IN', 'NOT_IN']),
      values: z.array(z.string()).min(1).describe('In lower case for text properties.'),
    }),
    z.strictObject({
      propertyName: property(),
      operator: z.enum(['HAS_PROPERTY', 'NOT_HAS_PROPERTY']),
    }),
  ])

/** @see https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm */
export const filterGroups = () =>
  z
    .array(
      z.strictObject({
        filters: z.array(filter()).min(1).max(maxFiltersPerGroup).describe('A record must match them all.'),
      }),
    )
    .max(maxGroups)
    .refine((groups) => groups.flatMap(({ filters }) => filters).length <= maxFilters, {
      error: `expected at most ${maxFilters} filters in all groups`,
    })
    .optional()
    .describe('A record must match one of the groups.')

export const sorts = () =>
  z
    .array(
      z.strictObject({
        propertyName: propertyName().describe('Property to sort by.'),
        direction: z.enum(['ASCENDING', 'DESCENDING']).default('ASCENDING').describe('Order.'),
      }),
    )
    .max(1)
    .optional()
    .describe('One sort at most; oldest first unless told.')
