import { objectTypeOf } from '../account/object-types.ts'
import type { RecordView } from '../records/render-record.ts'
import type { HubspotContext } from './environment.ts'
import { invalid } from './hubspot-error.ts'

/** Values of a parameter that may be repeated, comma-separated or both. */
export function listParameter(c: HubspotContext, name: string): string[] {
  return (c.req.queries(name) ?? []).flatMap((value) => value.split(',')).filter((value) => value !== '')
}

export function booleanParameter(c: HubspotContext, name: string): boolean {
  const value = c.req.query(name)
  if (value === undefined || value === 'false') return false
  if (value === 'true') return true
  throw invalid(`${name} must be true or false, not ${value}`)
}

export interface LimitBounds {
  byDefault: number
  max: number
}

export function limitParameter(c: HubspotContext, bounds: LimitBounds): number {
  const value = c.req.query('limit')
  return value === undefined ? bounds.byDefault : checkedLimit(value, bounds)
}

export function checkedLimit(value: unknown, { max }: LimitBounds): number {
  const limit = Number(value)
  if (!Number.isInteger(limit) || limit < 1 || limit > max) {
    throw invalid(`limit must be a number from 1 to ${max}, not ${String(value)}`, {
      errors: [{ message: `limit must be from 1 to ${max}`, code: 'INVALID_LIMIT' }],
    })
  }
  return limit
}

/** Reads a cursor, which is a number for every kind of list. */
export function cursorParameter(c: HubspotContext): number | undefined {
  const value = c.req.query('after')
  return value === undefined || value === '' ? undefined : checkedCursor(value)
}

export function checkedCursor(value: unknown): number {
  const cursor = Number(value)
  if (!Number.isInteger(cursor) || cursor < 0) throw invalid(`The after value ${String(value)} is not valid`)
  return cursor
}

export function viewParameters(c: HubspotContext): RecordView {
  return {
    properties: listParameter(c, 'properties'),
    propertiesWithHistory: listParameter(c, 'propertiesWithHistory'),
    associations: listParameter(c, 'associations').map(objectTypeOf),
  }
}

/** `paging` of a list answer, absent on the last page. */
export function nextPage(c: HubspotContext, after: string | number | undefined) {
  if (after === undefined) return {}
  const link = new URL(c.req.url)
  link.searchParams.set('after', String(after))
  return { paging: { next: { after: String(after), link: link.href } } }
}
