/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment -- The client keeps its enums to itself. */
import { Client } from '@hubspot/api-client'
import { beforeEach, describe, expect, test } from 'vitest'
import type { HubspotEmulator } from '../src/hubspot/create-hubspot-emulator.ts'
import { startHubspot } from './hubspot-requests.ts'

// The client's own enums are not exported from its root.
type Operator = Parameters<Client['crm']['contacts']['searchApi']['doSearch']>[0]['filterGroups'] extends
  (infer Group)[] | undefined
  ? Group extends { filters: { operator: infer Known }[] }
    ? Known
    : never
  : never
const operator = (name: string) => name as Operator
type Category = Parameters<
  Client['crm']['associations']['v4']['basicApi']['create']
>[4][number]['associationCategory']
const hubspotDefined = 'HUBSPOT_DEFINED' as Category

let emulator: HubspotEmulator
let client: Client

beforeEach(async () => {
  emulator = await startHubspot()
  client = new Client({ accessToken: 'test-service-key', basePath: emulator.url })
})

const types = [
  { type: 'contacts', properties: { firstname: 'Ada' }, change: { lastname: 'Byron' } },
  { type: 'companies', properties: { name: 'Ada Works' }, change: { city: 'Turin' } },
  { type: 'deals', properties: { dealname: 'Ada', dealstage: 'contractsent' }, change: { amount: '12.5' } },
  { type: 'tickets', properties: { subject: 'Ada', hs_pipeline_stage: '1' }, change: { content: 'More' } },
] as const

describe.each(types)('$type of the official client', ({ type, properties, change }) => {
  test('create, get, update, search and archive', async () => {
    const { basicApi, searchApi } = client.crm[type]
    const created = await basicApi.create({ properties })
    expect(created.properties).toMatchObject(properties)
    expect(created.createdAt).toBeInstanceOf(Date)

    const read = await basicApi.getById(created.id, Object.keys(properties))
    expect(read.properties).toMatchObject({ ...properties, hs_object_id: created.id })

    const updated = await basicApi.update(created.id, { properties: change })
    expect(updated.properties).toMatchObject(change)

    const [name, value] = Object.entries(properties)[0]!
    const found = await searchApi.doSearch({
      filterGroups: [{ filters: [{ propertyName: name, operator: operator('EQ'), value }] }],
      limit: 5,
    })
    expect(found.results.map(({ id }) => id)).toEqual([created.id])

    await basicApi.archive(created.id)
    await expect(basicApi.getById(created.id)).rejects.toMatchObject({ code: 404 })
    const archived = await basicApi.getById(created.id, undefined, undefined, undefined, true)
    expect(archived.archivedAt).toBeInstanceOf(Date)
  })

  test('batch create, read, update and archive', async () => {
    const { batchApi } = client.crm[type]
    const created = await batchApi.create({ inputs: [{ properties, associations: [] }] })
    const inputs = created.results.map(({ id }) => ({ id }))
    expect(inputs).toHaveLength(1)
    const changed = await batchApi.update({ inputs: inputs.map(({ id }) => ({ id, properties: change })) })
    expect(changed.results[0]!.properties).toMatchObject(change)
    const names = [...Object.keys(properties), ...Object.keys(change)]
    const read = await batchApi.read({ inputs, properties: names, propertiesWithHistory: [] })
    expect(read.results[0]!.properties).toMatchObject({ ...properties, ...change })
    await batchApi.archive({ inputs })
    expect(emulator.state.objects[type].get(inputs[0]!.id)!.archived).toBe(true)
  })

  test('merge makes one record of two', async () => {
    const { basicApi } = client.crm[type]
    const first = await basicApi.create({ properties: { ...properties, ...change } })
    const second = await basicApi.create({ properties })
    const merged = await basicApi.merge({ primaryObjectId: second.id, objectIdToMerge: first.id })
    const read = await basicApi.getById(merged.id, Object.keys(change))
    expect(read.properties).toMatchObject(change)
    await expect(basicApi.getById(first.id)).rejects.toMatchObject({ code: 404 })
  })
})

test('getAll walks every page', async () => {
  const inputs = Array.from({ length: 100 }, (_, index) => ({
    properties: { email: `walker${index}@example.com` },
    associations: [],
  }))
  await client.crm.contacts.batchApi.create({ inputs })
  const all = await client.crm.contacts.getAll(undefined, undefined, ['email'])
  const ids = all.map(({ id }) => id)
  expect(ids).toEqual([...emulator.state.objects.contacts.keys()])
  expect(ids).toHaveLength(105)
})

test('get with repeated properties, associations and idProperty', async () => {
  const contact = await client.crm.contacts.basicApi.getById(
    'priya@harborlogistics.example',
    ['email', 'jobtitle'],
    ['jobtitle'],
    ['companies'],
    false,
    'email',
  )
  expect(contact.id).toBe('301')
  expect(contact.properties).toMatchObject({ jobtitle: 'Operations Lead' })
  expect(contact.propertiesWithHistory?.['jobtitle']?.[0]?.value).toBe('Operations Lead')
  expect(contact.associations?.['companies']?.results).toContainEqual({
    id: '201',
    type: 'contact_to_company',
  })
})

test('search pages with after', async () => {
  const search = {
    filterGroups: [
      { filters: [{ propertyName: 'lifecyclestage', operator: operator('IN'), values: ['customer'] }] },
    ],
    sorts: ['-lastname'],
    properties: ['lastname'],
    limit: 3,
  }
  const first = await client.crm.contacts.searchApi.doSearch(search)
  const second = await client.crm.contacts.searchApi.doSearch({ ...search, after: first.paging!.next!.after })
  const names = [...first.results, ...second.results].map(({ properties }) => properties['lastname'])
  expect(first.total).toBe(5)
  expect(names).toEqual(['Raman', 'Ortiz', 'Nguyen', 'Holm', 'Becker'])
  expect(second.paging).toBeUndefined()
})

test('upsert by email creates, then updates', async () => {
  const input = { id: 'new@example.com', idProperty: 'email', properties: { firstname: 'New' } }
  const created = await client.crm.contacts.batchApi.upsert({ inputs: [input] })
  const updated = await client.crm.contacts.batchApi.upsert({
    inputs: [{ ...input, properties: { firstname: 'Newer' } }],
  })
  expect([created, updated].map(({ results }) => [results[0]!.id, results[0]!._new])).toEqual([
    [created.results[0]!.id, true],
    [created.results[0]!.id, false],
  ])
})

test('a note is created with its association to a ticket', async () => {
  const note = await client.crm.objects.notes.basicApi.create({
    properties: { hs_timestamp: '2026-11-20T10:00:00Z', hs_note_body: 'Linked' },
    associations: [
      {
        to: { id: '501' },
        types: [{ associationCategory: hubspotDefined, associationTypeId: 228 }],
      },
    ],
  })
  const page = await client.crm.associations.v4.basicApi.getPage('tickets', '501', 'notes')
  expect(page.results.map(({ toObjectId }) => Number(toObjectId))).toEqual([Number(note.id)])
  const notes = await client.crm.objects.notes.basicApi.getPage(10, undefined, ['hs_note_body'])
  expect(notes.results[0]!.properties['hs_note_body']).toBe('Linked')
})

test('associations v4: default, labelled, list, remove and labels', async () => {
  const api = client.crm.associations.v4.basicApi
  const byDefault = await api.createDefault('contact', '305', 'companies', '201')
  expect(byDefault.results).toHaveLength(2)
  const labels = await api.create('contacts', '305', 'companies', '202', [
    { associationCategory: hubspotDefined, associationTypeId: 1 },
  ])
  expect(labels).toMatchObject({ fromObjectTypeId: '0-1', toObjectTypeId: '0-2', labels: ['Primary'] })

  const first = await api.getPage('contacts', '305', 'companies', undefined, 2)
  const rest = await api.getPage('contacts', '305', 'companies', first.paging!.next!.after, 2)
  expect([...first.results, ...rest.results].map(({ toObjectId }) => Number(toObjectId))).toEqual([
    201, 202, 203,
  ])
  // The seed's primary company lost that place to 202, and keeps the plain association.
  expect(rest.results[0]!.associationTypes.map(({ typeId }) => typeId)).toEqual([279])

  const former = await api.getPage('companies', '203', 'contacts')
  expect(former.results[0]!.associationTypes.map(({ typeId }) => typeId)).toEqual([280])

  await api.archive('contacts', '305', 'companies', '202')
  const backwards = await api.getPage('companies', '202', 'contacts')
  expect(backwards.results.map(({ toObjectId }) => Number(toObjectId))).toEqual([303, 304])

  const definitions = await client.crm.associations.v4.schema.definitionsApi.getAll('contacts', 'companies')
  expect(definitions.results.map(({ typeId }) => typeId)).toEqual([279, 1])
})

test('owners, pipelines and properties', async () => {
  const owners = await client.crm.owners.ownersApi.getPage(undefined, undefined, 1)
  expect(owners.results.map(({ id }) => id)).toEqual(['71'])
  const next = await client.crm.owners.ownersApi.getPage(undefined, owners.paging!.next!.after, 1)
  expect(next.results.map(({ id }) => id)).toEqual(['72'])
  expect(await client.crm.owners.ownersApi.getById(4002, 'userId')).toMatchObject({ id: '72' })

  const pipelines = await client.crm.pipelines.pipelinesApi.getAll('tickets')
  expect(pipelines.results[0]!.stages.map(({ label }) => label)).toContain('Waiting on us')

  const properties = await client.crm.properties.coreApi.getAll('deals')
  expect(properties.results.find(({ name }) => name === 'amount')).toMatchObject({ type: 'number' })
})

test('an error carries the category and the correlation id', async () => {
  const error = await client.crm.contacts.basicApi
    .create({ properties: { nonsense: '1' } })
    .catch((e: unknown) => e)
  expect(error).toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } })
  expect((error as { body: { correlationId: string } }).body.correlationId).toMatch(/^[0-9a-f-]{36}$/)
})

test('the client renews a token, looks at it and revokes the refresh token', async () => {
  const { tokensApi, accessTokensApi, refreshTokensApi } = client.oauth
  const renew = () =>
    tokensApi.create(
      'refresh_token',
      undefined,
      undefined,
      'test-client-id',
      'test-client-secret',
      'test-refresh-token',
    )
  const tokens = await renew()
  expect(tokens).toMatchObject({ expiresIn: 1800, refreshToken: 'test-refresh-token', tokenType: 'bearer' })
  client.setAccessToken(tokens.accessToken)
  expect((await client.crm.contacts.basicApi.getPage(1)).results).toHaveLength(1)
  expect(await accessTokensApi.get(tokens.accessToken)).toMatchObject({ hubId: emulator.state.portalId })
  expect(await refreshTokensApi.get('test-refresh-token')).toMatchObject({ clientId: 'test-client-id' })
  await refreshTokensApi.archive('test-refresh-token')
  await expect(renew()).rejects.toMatchObject({ code: 400, body: { status: 'BAD_REFRESH_TOKEN' } })
})
