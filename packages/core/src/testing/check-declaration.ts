import { expect } from 'vitest'
import type { AnyAction } from '../action/define-action.ts'
import { inputJsonSchema, type JsonSchema, outputJsonSchema } from '../action/json-schema.ts'

/** What a reader, a model and a policy rely on must be there. */
export function checkDeclaration(action: AnyAction, docsHosts: readonly string[]): void {
  const { summary, source, permissions, effect } = action
  expect(summary, 'summary is one short sentence').toMatch(/^[A-Z].{8,138}\.$/)
  expect(docsHosts, `source is the vendor's documentation: ${source}`).toContain(new URL(source).host)
  expect(new URL(source).protocol).toBe('https:')
  expect(['read', 'create', 'update', 'delete']).toContain(effect)
  expect(Array.isArray(permissions.scopes), 'permissions are declared').toBe(true)
  checkInputSchema(inputJsonSchema(action))
  expect(outputJsonSchema(action)).toHaveProperty('$schema', 'https://json-schema.org/draft/2020-12/schema')
}

function checkInputSchema(schema: JsonSchema): void {
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
  expect(schema.type).toBe('object')
  expect(schema.additionalProperties, 'parameters are strict').toBe(false)
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const description = typeof property === 'object' ? property.description : undefined
    expect(description, `${name} is described`).toMatch(/\S{2}/)
  }
}
