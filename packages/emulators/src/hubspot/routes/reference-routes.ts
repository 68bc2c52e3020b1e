import { Hono } from 'hono'
import { objectTypeOf, type ObjectType } from '../account/object-types.ts'
import type { PropertyDefinition } from '../account/property-definitions.ts'
import type { Owner, Pipeline } from '../account/reference-data.ts'
import type { Account, HubspotState } from '../account/state.ts'
import type { HubspotEnvironment } from '../http/environment.ts'
import { notFound } from '../http/hubspot-error.ts'
import {
  booleanParameter,
  cursorParameter,
  limitParameter,
  listParameter,
  nextPage,
} from '../http/request-values.ts'
import { ownerScopes, requireScope, schemaScopes } from '../http/scopes.ts'
import { allowedOptions } from '../records/property-values.ts'

// HubSpot's own pipelines, properties and owners carry dates; theirs are of no interest.
const createdAt = '2024-01-15T09:00:00.000Z'
const dates = { createdAt, updatedAt: createdAt }

/** Routes over owners, relative to their path. */
export function ownerRoutes(account: Account): Hono<HubspotEnvironment> {
  const routes = new Hono<HubspotEnvironment>()
  routes.get('/', (c) => {
    requireScope(c, ownerScopes)
    const after = cursorParameter(c) ?? 0
    const limit = limitParameter(c, { byDefault: 100, max: 500 })
    const archived = booleanParameter(c, 'archived')
    const email = c.req.query('email')
    const found = account.state.owners
      .filter((owner) => (owner.archived ?? false) === archived && Number(owner.id) > after)
      .filter((owner) => email === undefined || owner.email === email)
    const next = found.length > limit ? found[limit - 1]?.id : undefined
    return c.json({ results: found.slice(0, limit).map(renderOwner), ...nextPage(c, next) })
  })
  routes.get('/:ownerId', (c) => {
    requireScope(c, ownerScopes)
    const byUserId = c.req.query('idProperty') === 'userId'
    const archived = booleanParameter(c, 'archived')
    const owner = account.state.owners.find(
      (candidate) =>
        String(byUserId ? candidate.userId : candidate.id) === c.req.param('ownerId') &&
        (candidate.archived ?? false) === archived,
    )
    if (owner === undefined) throw notFound()
    return c.json(renderOwner(owner))
  })
  return routes
}

/** Routes over pipelines, relative to their path. */
export function pipelineRoutes(account: Account): Hono<HubspotEnvironment> {
  const routes = new Hono<HubspotEnvironment>()
  const pipelinesOf = (type: ObjectType) => account.state.pipelines[type] ?? []
  routes.get('/:objectType', (c) => {
    const type = objectTypeOf(c.req.param('objectType'))
    requireScope(c, schemaScopes(type))
    return c.json({ results: pipelinesOf(type).map(renderPipeline) })
  })
  routes.get('/:objectType/:pipelineId', (c) => {
    const type = objectTypeOf(c.req.param('objectType'))
    requireScope(c, schemaScopes(type))
    const pipelines = pipelinesOf(type)
    const index = pipelines.findIndex(({ id }) => id === c.req.param('pipelineId'))
    const pipeline = pipelines[index]
    if (pipeline === undefined) throw notFound()
    return c.json(renderPipeline(pipeline, index))
  })
  return routes
}

/** Routes over property definitions, relative to their path. */
export function propertyRoutes(account: Account): Hono<HubspotEnvironment> {
  const routes = new Hono<HubspotEnvironment>()
  routes.get('/:objectType', (c) => {
    const type = objectTypeOf(c.req.param('objectType'))
    requireScope(c, schemaScopes(type))
    const wanted = listParameter(c, 'properties')
    const all = booleanParameter(c, 'archived') ? [] : [...account.state.properties[type].values()]
    const shown = all.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
    return c.json({ results: shown.map((definition) => renderProperty(account.state, type, definition)) })
  })
  routes.get('/:objectType/:propertyName', (c) => {
    const type = objectTypeOf(c.req.param('objectType'))
    requireScope(c, schemaScopes(type))
    const definition = account.state.properties[type].get(c.req.param('propertyName'))
    if (definition === undefined) throw notFound()
    return c.json(renderProperty(account.state, type, definition))
  })
  return routes
}

function renderOwner({ archived = false, ...owner }: Owner) {
  return { ...owner, type: 'PERSON', userIdIncludingInactive: owner.userId, archived, ...dates }
}

function renderPipeline({ id, label, stages }: Pipeline, displayOrder: number) {
  return {
    id,
    label,
    displayOrder,
    archived: false,
    ...dates,
    stages: stages.map((stage, index) => ({
      ...stage,
      displayOrder: index,
      archived: false,
      writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
      ...dates,
    })),
  }
}

function renderProperty(state: HubspotState, type: ObjectType, definition: PropertyDefinition) {
  const { readOnlyValue, ...shown } = definition
  const fromOwners = definition.name === 'hubspot_owner_id'
  const options = fromOwners ? [] : allowedOptions(state, type, definition)
  return {
    ...shown,
    groupName: `${type}information`,
    description: '',
    options: options.map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false })),
    displayOrder: -1,
    calculated: false,
    externalOptions: fromOwners,
    hidden: false,
    formField: !readOnlyValue,
    archived: false,
    modificationMetadata: { archivable: false, readOnlyDefinition: definition.hubspotDefined, readOnlyValue },
    ...dates,
  }
}
