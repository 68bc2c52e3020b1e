import { objectTypeFacts, type ObjectType } from '../account/object-types.ts'
import type { CrmRecord, HubspotState } from '../account/state.ts'
import { invalid } from '../http/hubspot-error.ts'
import { arrayAt, objectAt, optionalTextAt, stringsAt, textAt, type JsonObject } from '../http/json-body.ts'
import { checkedCursor, checkedLimit } from '../http/request-values.ts'
import { renderRecord } from '../records/render-record.ts'
import { comparable, compare } from './filter-value.ts'
import { recordPredicate, type RecordPredicate } from './search-filter.ts'

const bounds = { byDefault: 10, max: 200 }
const mostResults = 10_000
const mostGroups = 5
const mostFiltersPerGroup = 6
const mostFilters = 18
const longestBody = 3_000

/**
 * Runs a search and returns its answer.
 * @see https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm
 */
export function searchRecords(state: HubspotState, type: ObjectType, body: JsonObject): unknown {
  const limit = body['limit'] === undefined ? bounds.byDefault : checkedLimit(body['limit'], bounds)
  const offset = body['after'] === undefined || body['after'] === '' ? 0 : checkedCursor(body['after'])
  if (JSON.stringify(body).length > longestBody) {
    throw invalid(`The body of a search must be at most ${longestBody} characters long`)
  }
  if (offset + limit > mostResults) {
    throw invalid(
      `Search results end at ${mostResults}; the page from ${offset} with ${limit} results lies beyond`,
    )
  }
  const properties = stringsAt(body['properties'], 'properties')
  const matchesFilters = filterPredicate(state, type, body)
  const matchesQuery = queryPredicate(type, optionalTextAt(body['query'], 'query'))
  const found = [...state.objects[type].values()].filter(
    (record) => !record.archived && matchesFilters(record) && matchesQuery(record),
  )
  sortRecords(state, type, found, body)
  const end = offset + limit
  return {
    total: found.length,
    results: found.slice(offset, end).map((record) => renderRecord(state, type, record, { properties })),
    ...(end < found.length ? { paging: { next: { after: String(end) } } } : {}),
  }
}

function filterPredicate(state: HubspotState, type: ObjectType, body: JsonObject): RecordPredicate {
  const groups = arrayAt(body['filterGroups'], 'filterGroups').map((group) =>
    arrayAt(objectAt(group, 'a filter group')['filters'], 'filters'),
  )
  refuseTooMany('filterGroups', groups.length, mostGroups)
  for (const filters of groups) refuseTooMany('filters in a group', filters.length, mostFiltersPerGroup)
  refuseTooMany('filters', groups.flat().length, mostFilters)
  const predicates = groups.map((filters) => filters.map((filter) => recordPredicate(state, type, filter)))
  if (predicates.length === 0) return () => true
  return (record) => predicates.some((group) => group.every((matches) => matches(record)))
}

function refuseTooMany(what: string, count: number, most: number): void {
  if (count > most) throw invalid(`Too many ${what}: ${count} were given, at most ${most} are allowed`)
}

function queryPredicate(type: ObjectType, query: string | undefined): RecordPredicate {
  const words = query?.toLowerCase().split(/\s+/).filter(Boolean) ?? []
  if (words.length === 0) return () => true
  return (record) => {
    const text = objectTypeFacts[type].searchedProperties.map((name) => record.properties[name] ?? '')
    const searched = text.join('\n').toLowerCase()
    return words.every((word) => searched.includes(word))
  }
}

/** Sorts by the one sort that HubSpot takes; records without a value come last, ties stay in order of creation. */
function sortRecords(state: HubspotState, type: ObjectType, records: CrmRecord[], body: JsonObject): void {
  const sorts = arrayAt(body['sorts'], 'sorts')
  refuseTooMany('sorts', sorts.length, 1)
  if (sorts.length === 0) return
  const { name, descending } = sortOf(sorts[0])
  const definition = state.properties[type].get(name)
  if (definition === undefined) throw invalid(`Cannot sort by "${name}": the property does not exist`)
  const keys = new Map(
    records.map((record) => {
      const value = record.properties[name]
      return [record, value === undefined ? undefined : comparable(definition, value)]
    }),
  )
  records.sort((a, b) => {
    const [keyA, keyB] = [keys.get(a), keys.get(b)]
    if (keyA === undefined || keyB === undefined)
      return Number(keyA === undefined) - Number(keyB === undefined)
    return descending ? compare(keyB, keyA) : compare(keyA, keyB)
  })
}

function sortOf(sort: unknown): { name: string; descending: boolean } {
  if (typeof sort === 'string') {
    return sort.startsWith('-')
      ? { name: sort.slice(1), descending: true }
      : { name: sort, descending: false }
  }
  const { propertyName, direction } = objectAt(sort, 'a sort')
  if (direction !== undefined && direction !== 'ASCENDING' && direction !== 'DESCENDING') {
    throw invalid(`Invalid input JSON: direction must be ASCENDING or DESCENDING`)
  }
  return { name: textAt(propertyName, 'propertyName'), descending: direction === 'DESCENDING' }
}
