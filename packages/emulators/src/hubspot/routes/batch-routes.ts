import { Hono } from 'hono'
import { objectTypeOf, type ObjectType } from '../account/object-types.ts'
import type { Account, CrmRecord } from '../account/state.ts'
import type { HubspotContext, HubspotEnvironment } from '../http/environment.ts'
import { HubspotError, invalid } from '../http/hubspot-error.ts'
import { objectAt, objectBody, optionalTextAt, stringsAt, type JsonObject } from '../http/json-body.ts'
import { booleanParameter } from '../http/request-values.ts'
import { objectScopes, requireScope, type Access } from '../http/scopes.ts'
import { applyUpdate, archiveRecord, prepareUpdate } from '../records/change-record.ts'
import { createRecord, insertRecord, prepareRecord, type NewRecord } from '../records/create-record.ts'
import { findRecord } from '../records/find-record.ts'
import { renderRecord } from '../records/render-record.ts'
import { refuseDuplicateInputs } from '../records/unique-values.ts'
import { batchAnswer, batchInputs, inputError, missingRecords } from './batch-answer.ts'
import { lookup, newRecord } from './record-input.ts'

/** Batch routes over the records of one object type, relative to the objects path. */
export function batchRoutes(account: Account): Hono<HubspotEnvironment> {
  const routes = new Hono<HubspotEnvironment>()

  routes.post('/:objectType/batch/read', async (c) => {
    const { type, body, inputs } = await batch(c, 'read')
    const idProperty = optionalTextAt(body['idProperty'], 'idProperty')
    const view = {
      properties: stringsAt(body['properties'], 'properties'),
      propertiesWithHistory: stringsAt(body['propertiesWithHistory'], 'propertiesWithHistory'),
    }
    const archived = booleanParameter(c, 'archived')
    const { records, missing } = findAll(account, type, inputs, { idProperty, archived })
    const results = records.map(({ record }) => renderRecord(account.state, type, record, view))
    return batchAnswer(c, account, results, missingRecords(missing))
  })

  routes.post('/:objectType/batch/create', async (c) => {
    const { type, inputs } = await batch(c, 'write')
    const traceIds = inputs.map((input) => optionalTextAt(input['objectWriteTraceId'], 'objectWriteTraceId'))
    const eachTraced = traceIds.every((id) => id !== undefined) && new Set(traceIds).size === inputs.length
    if (eachTraced) return createEach(c, account, type, inputs)
    const prepared = inputs.map((input) => prepareRecord(account, type, newRecord(input)))
    refuseDuplicateInputs(
      type,
      prepared.map(({ uniqueKeys }) => uniqueKeys),
    )
    const records = prepared.map((record) => insertRecord(account, type, record))
    return batchAnswer(
      c,
      account,
      records.map((record) => rendered(account, type, record)),
      [],
      201,
    )
  })

  routes.post('/:objectType/batch/update', async (c) => {
    const { type, inputs } = await batch(c, 'write')
    const { records, missing } = findAll(account, type, inputs)
    const updates = records.map(({ record, input }) => {
      const changes = prepareUpdate(account, type, record, objectAt(input['properties'] ?? {}, 'properties'))
      return { record, changes }
    })
    for (const { record, changes } of updates) applyUpdate(account, type, record, changes)
    const results = updates.map(({ record }) => rendered(account, type, record))
    return batchAnswer(c, account, results, missingRecords(missing))
  })

  routes.post('/:objectType/batch/upsert', async (c) => {
    const { type, inputs } = await batch(c, 'write')
    const upserts = inputs.map((input) => prepareUpsert(account, type, input))
    const results = upserts.map((apply) => apply())
    return batchAnswer(c, account, results)
  })

  routes.post('/:objectType/batch/archive', async (c) => {
    const { type, inputs } = await batch(c, 'write')
    for (const { record } of findAll(account, type, inputs).records) archiveRecord(account, type, record)
    return c.body(null, 204)
  })

  return routes
}

async function batch(c: HubspotContext, access: Access) {
  const type = objectTypeOf(c.req.param('objectType') ?? '')
  requireScope(c, objectScopes(type, access))
  const body = await objectBody(c)
  return { type, body, inputs: batchInputs(body) }
}

function findAll(
  account: Account,
  type: ObjectType,
  inputs: JsonObject[],
  common: { idProperty?: string | undefined; archived?: boolean } = {},
) {
  const records: { record: CrmRecord; input: JsonObject }[] = []
  const missing: string[] = []
  for (const input of inputs) {
    const { id, idProperty } = lookup(input)
    const record = findRecord(account.state, type, {
      id,
      idProperty: common.idProperty ?? idProperty,
      archived: common.archived ?? false,
    })
    if (record === undefined) missing.push(id)
    else records.push({ record, input })
  }
  return { records, missing }
}

// With a trace id on every input, each stands or falls by itself.
function createEach(c: HubspotContext, account: Account, type: ObjectType, inputs: JsonObject[]): Response {
  const results: unknown[] = []
  const errors: Record<string, unknown>[] = []
  for (const input of inputs) {
    const objectWriteTraceId = String(input['objectWriteTraceId'])
    try {
      const record = createRecord(account, type, newRecord(input))
      results.push({ ...rendered(account, type, record), objectWriteTraceId })
    } catch (error) {
      if (!(error instanceof HubspotError)) throw error
      errors.push(inputError(error, { objectWriteTraceId: [objectWriteTraceId] }))
    }
  }
  return batchAnswer(c, account, results, errors, 201)
}

/** Checks one input of an upsert; the returned function carries it out. */
function prepareUpsert(account: Account, type: ObjectType, input: JsonObject): () => Record<string, unknown> {
  const wanted = lookup(input)
  const given = objectAt(input['properties'] ?? {}, 'properties')
  const record = findRecord(account.state, type, wanted)
  if (record !== undefined) {
    const changes = prepareUpdate(account, type, record, given)
    return () => {
      applyUpdate(account, type, record, changes)
      return { ...rendered(account, type, record), new: false }
    }
  }
  if (wanted.idProperty === undefined) throw invalid(`No ${type} with id ${wanted.id} exists`)
  const created: NewRecord = { properties: { [wanted.idProperty]: wanted.id, ...given } }
  const prepared = prepareRecord(account, type, created)
  return () => ({ ...rendered(account, type, insertRecord(account, type, prepared)), new: true })
}

function rendered(account: Account, type: ObjectType, record: CrmRecord): Record<string, unknown> {
  return renderRecord(account.state, type, record, { properties: Object.keys(record.properties) })
}
