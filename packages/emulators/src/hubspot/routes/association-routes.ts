import { Hono } from 'hono'
import { objectTypeFacts, objectTypeOf } from '../account/object-types.ts'
import type { Account } from '../account/state.ts'
import type { AssociationType } from '../associations/association-types.ts'
import {
  associate,
  associationsOf,
  associationType,
  associationTypesBetween,
  defaultAssociationType,
  dissociate,
  type RecordReference,
} from '../associations/associations.ts'
import type { HubspotContext, HubspotEnvironment } from '../http/environment.ts'
import { invalid } from '../http/hubspot-error.ts'
import { jsonBody } from '../http/json-body.ts'
import { cursorParameter, limitParameter, nextPage } from '../http/request-values.ts'
import { objectScopes, requireScope, type Access } from '../http/scopes.ts'
import { requireRecord } from '../records/find-record.ts'
import { associationTypeIds } from './record-input.ts'

const bounds = { byDefault: 500, max: 500 }

/** Routes over the associations of one record, relative to the objects path. */
export function associationRoutes(account: Account): Hono<HubspotEnvironment> {
  const routes = new Hono<HubspotEnvironment>()
  const list = '/:fromType/:fromId/associations/:toType'
  const pair = `${list}/:toId`

  routes.get(list, (c) => {
    const from = reference(c.req.param('fromType'), c.req.param('fromId'))
    const to = objectTypeOf(c.req.param('toType'))
    requireAnyScope(c, from, to, 'read')
    requireRecord(account.state, from.type, from)
    const after = cursorParameter(c) ?? 0
    const limit = limitParameter(c, bounds)
    const types = associationTypesBetween(account.state, from.type, to)
    const found = [...associationsOf(account.state, from, to)]
      .filter(([id]) => Number(id) > after)
      .sort(([a], [b]) => Number(a) - Number(b))
    const results = found.slice(0, limit).map(([id, typeIds]) => ({
      toObjectId: wireId(c, id),
      associationTypes: types.filter(({ typeId }) => typeIds.includes(typeId)).map(renderType),
    }))
    return c.json({ results, ...nextPage(c, found.length > limit ? found[limit - 1]?.[0] : undefined) })
  })

  routes.put('/:fromType/:fromId/associations/default/:toType/:toId', (c) => {
    const { from, to } = existingPair(account, c, c.req.param())
    const type = defaultAssociationType(account.state, from.type, to.type)
    associate(account.state, from, to, type)
    const now = new Date(account.now()).toISOString()
    return c.json({
      status: 'COMPLETE',
      results: [
        direction(from, to, type.category, type.typeId),
        direction(to, from, type.category, type.inverseTypeId),
      ],
      startedAt: now,
      completedAt: now,
    })
  })

  routes.put(pair, async (c) => {
    const { from, to } = existingPair(account, c, c.req.param())
    const typeIds = associationTypeIds((await jsonBody(c)) ?? [], 'the body')
    if (typeIds.length === 0) throw invalid('At least one association type is required')
    const types = typeIds.map((typeId) => associationType(account.state, from.type, to.type, typeId))
    for (const type of types) associate(account.state, from, to, type)
    return c.json(
      {
        fromObjectTypeId: objectTypeFacts[from.type].typeId,
        fromObjectId: wireId(c, from.id),
        toObjectTypeId: objectTypeFacts[to.type].typeId,
        toObjectId: wireId(c, to.id),
        labels: types.flatMap(({ label }) => label ?? []),
      },
      201,
    )
  })

  routes.delete(pair, (c) => {
    const { fromType, fromId, toType, toId } = c.req.param()
    const from = reference(fromType, fromId)
    const to = reference(toType, toId)
    requireAnyScope(c, from, to.type, 'write')
    dissociate(account.state, from, to)
    return c.body(null, 204)
  })

  return routes
}

/** Routes over the kinds of association, relative to the associations path. */
export function associationTypeRoutes(account: Account): Hono<HubspotEnvironment> {
  const routes = new Hono<HubspotEnvironment>()
  routes.get('/:fromType/:toType/labels', (c) => {
    const from = objectTypeOf(c.req.param('fromType'))
    const to = objectTypeOf(c.req.param('toType'))
    requireScope(c, [...objectScopes(from, 'read'), ...objectScopes(to, 'read')])
    return c.json({ results: associationTypesBetween(account.state, from, to).map(renderType) })
  })
  return routes
}

interface PairParameters {
  fromType: string
  fromId: string
  toType: string
  toId: string
}

function existingPair(account: Account, c: HubspotContext, parameters: PairParameters) {
  const from = reference(parameters.fromType, parameters.fromId)
  const to = reference(parameters.toType, parameters.toId)
  requireAnyScope(c, from, to.type, 'write')
  for (const { type, id } of [from, to]) requireRecord(account.state, type, { id })
  return { from, to }
}

function reference(type: string, id: string): RecordReference {
  return { type: objectTypeOf(type), id }
}

function requireAnyScope(
  c: HubspotContext,
  from: RecordReference,
  to: RecordReference['type'],
  access: Access,
): void {
  requireScope(c, [...new Set([...objectScopes(from.type, access), ...objectScopes(to, access)])])
}

// The numeric paths answer with numbers where the client types and the dated paths have strings.
function wireId(c: HubspotContext, id: string): string | number {
  return c.req.path.startsWith('/crm/v4/') ? Number(id) : id
}

function renderType({ category, typeId, label }: AssociationType) {
  return { category, typeId, label }
}

function direction(from: RecordReference, to: RecordReference, category: string, typeId: number) {
  return {
    from: { id: from.id },
    to: { id: to.id },
    associationSpec: { associationCategory: category, associationTypeId: typeId },
  }
}
