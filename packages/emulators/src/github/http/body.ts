import { GithubError, invalidRequest } from './errors.ts'
import type { GithubContext } from './scope.ts'

/** A member of a JSON body: which values it takes, and how a refusal names them. */
export interface Field<T> {
  accepts: (value: unknown) => value is T
  expected: string
}

export type Shape = Record<string, Field<unknown>>
export type Body<S extends Shape> = { [K in keyof S]?: S[K] extends Field<infer T> ? T : never }

export const text: Field<string> = {
  accepts: (value) => typeof value === 'string',
  expected: 'a string',
}

export const flag: Field<boolean> = {
  accepts: (value) => typeof value === 'boolean',
  expected: 'a boolean',
}

export const integer: Field<number> = {
  accepts: (value): value is number => Number.isSafeInteger(value),
  expected: 'an integer',
}

export function nullable<T>(field: Field<T>): Field<T | null> {
  return {
    accepts: (value): value is T | null => value === null || field.accepts(value),
    expected: `${field.expected} or null`,
  }
}

export function either<A, B>(first: Field<A>, second: Field<B>): Field<A | B> {
  return {
    accepts: (value): value is A | B => first.accepts(value) || second.accepts(value),
    expected: `${first.expected} or ${second.expected}`,
  }
}

export function oneOf<const T extends string>(...values: T[]): Field<T> {
  return {
    accepts: (value): value is T => values.some((allowed) => allowed === value),
    expected: `one of: ${values.join(', ')}`,
  }
}

export function listOf<T>(field: Field<T>): Field<T[]> {
  return {
    accepts: (value): value is T[] => Array.isArray(value) && value.every((item) => field.accepts(item)),
    expected: `an array, each item ${field.expected}`,
  }
}

/** An object that at least carries a text under `key`, such as `{ name }` of a label. */
export function having<K extends string>(key: K): Field<Record<K, string>> {
  return {
    accepts: (value): value is Record<K, string> => isObject(value) && typeof value[key] === 'string',
    expected: `an object with "${key}"`,
  }
}

/** The JSON of a request: 400 when it does not parse, undefined when there is none. */
export async function readJson(c: GithubContext): Promise<unknown> {
  const content = await c.req.text()
  if (content === '') return undefined
  try {
    return JSON.parse(content) as unknown
  } catch {
    throw new GithubError(400, 'Problems parsing JSON')
  }
}

/** The members of `shape` in a JSON body; 400 for what is no object, 422 for values of a wrong type. */
export async function readBody<S extends Shape>(c: GithubContext, shape: S): Promise<Body<S>> {
  const json = (await readJson(c)) ?? {}
  if (!isObject(json)) throw new GithubError(400, 'Body should be a JSON object')
  const body: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(shape)) {
    const value = json[name]
    if (value === undefined) continue
    if (!field.accepts(value)) {
      throw invalidRequest(`For 'properties/${name}', ${JSON.stringify(value)} is not ${field.expected}.`)
    }
    body[name] = value
  }
  return body as Body<S>
}

/** A member that the operation cannot do without. */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw invalidRequest(`"${name}" wasn't supplied.`)
  return value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
