import { Hono } from 'hono'
import { objectTypeOf } from '../account/object-types.ts'
import type { Account } from '../account/state.ts'
import type { HubspotEnvironment } from '../http/environment.ts'
import { invalid } from '../http/hubspot-error.ts'
import { objectAt, objectBody, textAt } from '../http/json-body.ts'
import {
  booleanParameter,
  cursorParameter,
  limitParameter,
  nextPage,
  viewParameters,
} from '../http/request-values.ts'
import { objectScopes, requireScope } from '../http/scopes.ts'
import { archiveRecord, updateRecord } from '../records/change-record.ts'
import { createRecord } from '../records/create-record.ts'
import { findRecord, requireRecord } from '../records/find-record.ts'
import { listRecords } from '../records/list-records.ts'
import { mergeRecords } from '../records/merge-records.ts'
import { renderRecord } from '../records/render-record.ts'
import { searchRecords } from '../search/search-records.ts'
import { newRecord } from './record-input.ts'

const notFoundOnWrite = 'Object not found.  objectId are usually numeric.'

/** Routes over the records of one object type, relative to the objects path. */
export function objectRoutes(account: Account): Hono<HubspotEnvironment> {
  const routes = new Hono<HubspotEnvironment>()

  routes.get('/:objectType', (c) => {
    const type = objectTypeOf(c.req.param('objectType'))
    requireScope(c, objectScopes(type, 'read'))
    const view = viewParameters(c)
    const max = view.propertiesWithHistory?.length ? 50 : 100
    const { records, next } = listRecords(account.state, type, {
      from: cursorParameter(c),
      limit: limitParameter(c, { byDefault: 10, max }),
      archived: booleanParameter(c, 'archived'),
    })
    const results = records.map((record) => renderRecord(account.state, type, record, view))
    return c.json({ results, ...nextPage(c, next) })
  })

  routes.post('/:objectType', async (c) => {
    const type = objectTypeOf(c.req.param('objectType'))
    requireScope(c, objectScopes(type, 'write'))
    const record = createRecord(account, type, newRecord(await objectBody(c)))
    return c.json(renderRecord(account.state, type, record, shownAfterWrite(record.properties)), 201)
  })

  routes.post('/:objectType/search', async (c) => {
    const type = objectTypeOf(c.req.param('objectType'))
    requireScope(c, objectScopes(type, 'read'))
    return c.json(searchRecords(account.state, type, await objectBody(c)))
  })

  routes.post('/:objectType/merge', async (c) => {
    const type = objectTypeOf(c.req.param('objectType'))
    requireScope(c, objectScopes(type, 'write'))
    if (type === 'notes') throw invalid('notes cannot be merged')
    const body = await objectBody(c)
    const primary = requireRecord(account.state, type, {
      id: textAt(body['primaryObjectId'], 'primaryObjectId'),
    })
    const merged = requireRecord(account.state, type, {
      id: textAt(body['objectIdToMerge'], 'objectIdToMerge'),
    })
    if (primary === merged) throw invalid('A record cannot be merged with itself')
    return c.json(renderRecord(account.state, type, mergeRecords(account, type, primary, merged)))
  })

  routes.get('/:objectType/:id', (c) => {
    const type = objectTypeOf(c.req.param('objectType'))
    requireScope(c, objectScopes(type, 'read'))
    const record = requireRecord(account.state, type, {
      id: c.req.param('id'),
      idProperty: c.req.query('idProperty'),
      archived: booleanParameter(c, 'archived'),
    })
    return c.json(renderRecord(account.state, type, record, viewParameters(c)))
  })

  routes.patch('/:objectType/:id', async (c) => {
    const type = objectTypeOf(c.req.param('objectType'))
    requireScope(c, objectScopes(type, 'write'))
    const given = objectAt((await objectBody(c))['properties'] ?? {}, 'properties')
    const wanted = { id: c.req.param('id'), idProperty: c.req.query('idProperty') }
    const record = requireRecord(account.state, type, wanted, notFoundOnWrite)
    updateRecord(account, type, record, given)
    return c.json(renderRecord(account.state, type, record, shownAfterWrite(given)))
  })

  routes.delete('/:objectType/:id', (c) => {
    const type = objectTypeOf(c.req.param('objectType'))
    requireScope(c, objectScopes(type, 'write'))
    const record = findRecord(account.state, type, { id: c.req.param('id') })
    if (record !== undefined) archiveRecord(account, type, record)
    return c.body(null, 204)
  })

  return routes
}

// A write answers with what it wrote.
function shownAfterWrite(written: Record<string, unknown>) {
  return { properties: Object.keys(written) }
}
