import type { ObjectType } from '../account/object-types.ts'
import type { PropertyDefinition } from '../account/property-definitions.ts'
import { pipelineProperties } from '../account/reference-data.ts'
import type { HubspotState } from '../account/state.ts'
import { invalid } from '../http/hubspot-error.ts'

interface Problem {
  name: string
  error: string
  message: string
}

const longestValue = 65_536

/** Checks the properties of a write and returns them as HubSpot stores them; an empty string clears. */
export function storedProperties(
  state: HubspotState,
  type: ObjectType,
  given: Record<string, unknown>,
): Record<string, string> {
  const problems: Problem[] = []
  const stored: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) {
    const definition = state.properties[type].get(name)
    const result =
      definition === undefined
        ? { error: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist` }
        : storedValue(state, type, definition, value)
    if (typeof result === 'string') stored[name] = result
    else problems.push({ name, ...result })
  }
  if (problems.length > 0) throw invalidProperties(state, problems)
  return stored
}

// The problems come twice, as HubSpot sends them: as JSON inside the message, and as `errors`.
function invalidProperties(state: HubspotState, problems: Problem[]) {
  const embedded = problems.map(({ name, error, message }) => ({
    isValid: false,
    message,
    error,
    name,
    localizedErrorMessage: message,
    portalId: state.portalId,
  }))
  return invalid(`Property values were not valid: ${JSON.stringify(embedded)}`, {
    errors: problems.map(({ name, error, message }) => ({
      message,
      code: error,
      context: { propertyName: [name] },
    })),
  })
}

type Refusal = Omit<Problem, 'name'>

function storedValue(
  state: HubspotState,
  type: ObjectType,
  definition: PropertyDefinition,
  given: unknown,
): string | Refusal {
  const { name } = definition
  if (definition.readOnlyValue) {
    return {
      error: 'READ_ONLY_VALUE',
      message: `"${name}" is a read only property; its value cannot be set.`,
    }
  }
  if (given === null) return ''
  if (typeof given !== 'string' && typeof given !== 'number' && typeof given !== 'boolean') {
    return { error: 'INVALID_VALUE', message: `The value of "${name}" must be a string.` }
  }
  const value = String(given)
  if (value === '') return value
  if (value.length > longestValue) {
    return { error: 'VALUE_TOO_LONG', message: `"${name}" was longer than ${longestValue} characters.` }
  }
  switch (definition.type) {
    case 'number':
      return Number.isFinite(Number(value))
        ? value.trim()
        : { error: 'INVALID_INTEGER', message: `${value} was not a valid number.` }
    case 'bool':
      return value === 'true' || value === 'false'
        ? value
        : { error: 'INVALID_BOOLEAN', message: `${value} was not a valid boolean.` }
    case 'date':
    case 'datetime':
      return storedDate(definition.type, value)
    case 'enumeration':
      return storedOption(allowedOptions(state, type, definition), name, value)
    case 'string':
      return name === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)
        ? { error: 'INVALID_EMAIL', message: `Email address ${value} is invalid` }
        : value
  }
}

function storedDate(type: 'date' | 'datetime', value: string): string | Refusal {
  const time = new Date(/^-?\d+$/.test(value) ? Number(value) : value)
  if (Number.isNaN(time.getTime())) {
    return { error: 'INVALID_DATE', message: `${value} was not a valid ${type}.` }
  }
  return type === 'date' ? time.toISOString().slice(0, 10) : time.toISOString()
}

function storedOption(options: string[], name: string, value: string): string | Refusal {
  if (options.includes(value)) return value
  return {
    error: 'INVALID_OPTION',
    message: `${value} was not one of the allowed options for "${name}": [${options.join(', ')}]`,
  }
}

/** Values that an enumeration takes now: stages and owners are the account's own. */
export function allowedOptions(
  state: HubspotState,
  type: ObjectType,
  definition: PropertyDefinition,
): string[] {
  if (definition.name === 'hubspot_owner_id') return state.owners.map(({ id }) => id)
  const pipelines = state.pipelines[type] ?? []
  const properties = pipelineProperties[type]
  if (definition.name === properties?.pipeline) return pipelines.map(({ id }) => id)
  if (definition.name === properties?.stage) {
    return pipelines.flatMap(({ stages }) => stages.map(({ id }) => id))
  }
  return definition.options
}
