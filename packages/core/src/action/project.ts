import * as z from 'zod'

/**
 * Projects a value that does not fit its schema: known fields are kept as they came, unknown ones dropped.
 * What the schema says beyond objects, lists and their wrappers is left alone.
 */
export function project(schema: z.core.$ZodType, value: unknown): unknown {
  const inner = unwrap(schema)
  if (inner instanceof z.ZodObject && isRecord(value)) {
    const shape = inner.shape as Record<string, z.core.$ZodType>
    const kept = Object.entries(shape).filter(([key]) => Object.hasOwn(value, key))
    return Object.fromEntries(kept.map(([key, field]) => [key, project(field, value[key])]))
  }
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => project(inner.element, item))
  }
  return value
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapper =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly
  return isWrapper ? unwrap(schema.unwrap()) : schema
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
