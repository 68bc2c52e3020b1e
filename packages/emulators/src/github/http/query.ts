import { notFound, validationFailed } from './errors.ts'
import type { GithubContext } from './scope.ts'

/** A query parameter with fixed values; 422 for any other. */
export function choice<const T extends string>(
  c: GithubContext,
  resource: string,
  name: string,
  values: readonly [T, ...T[]],
): T {
  const given = c.req.query(name)
  if (given === undefined || given === '') return values[0]
  const value = values.find((one) => one === given)
  if (value === undefined) throw validationFailed([{ resource, code: 'invalid', field: name, value: given }])
  return value
}

/** A query parameter that holds a time, in milliseconds; 422 for what is none. */
export function timeQuery(c: GithubContext, resource: string, name: string): number | undefined {
  const given = c.req.query(name)
  if (given === undefined || given === '') return undefined
  const time = Date.parse(given)
  if (Number.isNaN(time)) throw validationFailed([{ resource, code: 'invalid', field: name, value: given }])
  return time
}

/** A number in the path; what is none names nothing. */
export function numberInPath(c: GithubContext, name: string): number {
  const text = textInPath(c, name)
  if (!/^\d+$/.test(text)) throw notFound()
  return Number(text)
}

export function textInPath(c: GithubContext, name: string): string {
  return (c.req.param() as Record<string, string | undefined>)[name] ?? ''
}
