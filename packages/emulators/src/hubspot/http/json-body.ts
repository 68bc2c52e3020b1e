import type { HubspotContext } from './environment.ts'
import { HubspotError, invalid } from './hubspot-error.ts'

export type JsonObject = Record<string, unknown>

export async function jsonBody(c: HubspotContext): Promise<unknown> {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/json\b/i.test(type)) {
    throw new HubspotError(415, undefined, `Unsupported media type: ${type === '' ? 'none' : type}`)
  }
  try {
    return JSON.parse(await c.req.text()) as unknown
  } catch (error) {
    throw invalid(`Invalid input JSON on line 1, column 1: ${error instanceof Error ? error.message : ''}`)
  }
}

export async function objectBody(c: HubspotContext): Promise<JsonObject> {
  return objectAt(await jsonBody(c), 'the body')
}

export function objectAt(value: unknown, place: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(`Invalid input JSON: ${place} must be an object`)
  }
  return value as JsonObject
}

/** Reads an array; an absent one is empty. */
export function arrayAt(value: unknown, place: string): unknown[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw invalid(`Invalid input JSON: ${place} must be an array`)
  return value
}

export function stringsAt(value: unknown, place: string): string[] {
  return arrayAt(value, place).map((item, index) => textAt(item, `${place}[${index}]`))
}

/** Reads a string; a number is taken too, as ids arrive as both. */
export function textAt(value: unknown, place: string): string {
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw invalid(`Invalid input JSON: ${place} must be a string`)
  }
  return String(value)
}

export function optionalTextAt(value: unknown, place: string): string | undefined {
  return value === undefined || value === null ? undefined : textAt(value, place)
}
