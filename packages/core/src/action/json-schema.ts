import * as z from 'zod'
import type { AnyAction } from './define-action.ts'

export type JsonSchema = z.core.JSONSchema.BaseSchema

/** JSON Schema (draft 2020-12) of an action's parameters, as a model or a form needs it. */
export function inputJsonSchema(action: AnyAction): JsonSchema {
  return z.toJSONSchema(action.parameters(), { io: 'input', target: 'draft-2020-12' })
}

/** JSON Schema (draft 2020-12) of an action's answer; of the list of items where it is paged. */
export function outputJsonSchema(action: AnyAction): JsonSchema {
  const output = action.page ? z.array(action.output()) : action.output()
  return z.toJSONSchema(output, { io: 'output', target: 'draft-2020-12', unrepresentable: 'any' })
}
