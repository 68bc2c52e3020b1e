import { objectTypeOf, type ObjectType } from '../account/object-types.ts'
import type { PropertyDefinition } from '../account/property-definitions.ts'
import type { CrmRecord, HubspotState } from '../account/state.ts'
import { associationsOf } from '../associations/associations.ts'
import { invalid } from '../http/hubspot-error.ts'
import { objectAt, stringsAt, textAt, type JsonObject } from '../http/json-body.ts'
import { comparable, compare, containsToken } from './filter-value.ts'

export type RecordPredicate = (record: CrmRecord) => boolean

const associationPrefix = 'associations.'

/** Turns one filter of a search into a predicate, or refuses it. */
export function recordPredicate(state: HubspotState, type: ObjectType, input: unknown): RecordPredicate {
  const filter = objectAt(input, 'a filter')
  const name = textAt(filter['propertyName'], 'propertyName')
  if (name.startsWith(associationPrefix)) {
    return associationPredicate(state, type, objectTypeOf(name.slice(associationPrefix.length)), filter)
  }
  const definition = state.properties[type].get(name)
  if (definition === undefined) {
    throw invalid('There was a problem with the request.', {
      errors: [
        {
          message: `Property "${name}" does not exist`,
          code: 'PROPERTY_DOESNT_EXIST',
          context: { propertyName: [name] },
        },
      ],
    })
  }
  const matches = valuePredicate(definition, filter)
  return (record) => matches(record.properties[name])
}

/** Predicate over a value; except for NOT_HAS_PROPERTY, a record without the property never matches. */
function valuePredicate(
  definition: PropertyDefinition,
  filter: JsonObject,
): (value: string | undefined) => boolean {
  const operator = filter['operator']
  const single = () => textAt(filter['value'], `value of ${String(operator)}`)
  const ordered = (accepts: (order: number) => boolean) => {
    const wanted = comparable(definition, single())
    return present((value) => accepts(compare(comparable(definition, value), wanted)))
  }
  switch (operator) {
    case 'HAS_PROPERTY':
      return present(() => true)
    case 'NOT_HAS_PROPERTY':
      return (value) => value === undefined
    case 'EQ':
      return ordered((order) => order === 0)
    case 'NEQ':
      return ordered((order) => order !== 0)
    case 'LT':
      return ordered((order) => order < 0)
    case 'LTE':
      return ordered((order) => order <= 0)
    case 'GT':
      return ordered((order) => order > 0)
    case 'GTE':
      return ordered((order) => order >= 0)
    case 'BETWEEN':
      return between(definition, single(), textAt(filter['highValue'], 'highValue of BETWEEN'))
    case 'IN':
      return oneOf(definition, filter, true)
    case 'NOT_IN':
      return oneOf(definition, filter, false)
    case 'CONTAINS_TOKEN':
    case 'NOT_CONTAINS_TOKEN': {
      const pattern = single()
      return present((value) => containsToken(value, pattern) === (operator === 'CONTAINS_TOKEN'))
    }
    default:
      throw invalid(`Invalid input JSON: operator ${JSON.stringify(operator)} is not a search operator`)
  }
}

function present(accepts: (value: string) => boolean): (value: string | undefined) => boolean {
  return (value) => value !== undefined && accepts(value)
}

function between(definition: PropertyDefinition, low: string, high: string) {
  const from = comparable(definition, low)
  const to = comparable(definition, high)
  return present((value) => {
    const own = comparable(definition, value)
    return compare(own, from) >= 0 && compare(own, to) <= 0
  })
}

// Values of a text property are compared as given with the lowercase of the record's: HubSpot wants them lowercase.
function oneOf(definition: PropertyDefinition, filter: JsonObject, included: boolean) {
  const values = wantedValues(filter)
  const wanted = new Set(
    definition.type === 'string' ? values : values.map((value) => comparable(definition, value)),
  )
  return present((value) => wanted.has(comparable(definition, value)) === included)
}

function wantedValues(filter: JsonObject): string[] {
  const values = stringsAt(filter['values'], 'values')
  if (values.length === 0) throw invalid(`values is required for the operator ${String(filter['operator'])}`)
  return values
}

function associationPredicate(
  state: HubspotState,
  type: ObjectType,
  to: ObjectType,
  filter: JsonObject,
): RecordPredicate {
  const operator = filter['operator']
  if (operator !== 'EQ' && operator !== 'IN') {
    throw invalid(`The operator ${String(operator)} does not apply to associations`)
  }
  const ids = operator === 'EQ' ? [textAt(filter['value'], 'value of EQ')] : wantedValues(filter)
  return ({ id }) => {
    const associated = associationsOf(state, { type, id }, to)
    return ids.some((wanted) => associated.has(wanted))
  }
}
