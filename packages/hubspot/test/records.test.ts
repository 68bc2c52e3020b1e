import { expect, test } from 'vitest'
import { callByName, connectTo, failure, startHubspot } from './start.ts'

const samples = [
  {
    entity: 'contacts',
    id: 'contactId',
    create: { email: 'ada@example.com', firstname: 'Ada' },
    change: { jobtitle: 'Analyst' },
  },
  { entity: 'companies', id: 'companyId', create: { name: 'Ada Works' }, change: { city: 'Turin' } },
  {
    entity: 'deals',
    id: 'dealId',
    create: { dealname: 'Ada', dealstage: 'contractsent' },
    change: { amount: '12.5' },
  },
  {
    entity: 'tickets',
    id: 'ticketId',
    create: { subject: 'Ada', hs_pipeline_stage: '1' },
    change: { hs_ticket_priority: 'LOW' },
  },
  {
    entity: 'notes',
    id: 'noteId',
    create: { hs_note_body: 'Ada', hs_timestamp: '2026-11-20T10:00:00.000Z' },
    change: { hs_note_body: 'Byron' },
  },
] as const

test.each(samples)(
  '$entity: create, get, list, search, update, archive',
  async ({ entity, id, create, change }) => {
    const emulator = await startHubspot()
    const connector = connectTo(emulator)
    const execute = async (action: string, params: object) => {
      const data = await callByName(connector, entity, action, params)
      return data as { id: string; properties: object }
    }

    const created = await execute('create', { properties: create })
    const { id: recordId } = created
    expect(created.properties).toMatchObject(create)
    expect(emulator.state.objects[entity].get(recordId)?.properties).toMatchObject(create)

    const all: unknown = await execute('list', { limit: 100 })
    expect(all).toContainEqual(expect.objectContaining({ id: recordId }))

    const filter = { propertyName: 'hs_object_id', operator: 'EQ', value: recordId }
    const found: unknown = await execute('search', { filterGroups: [{ filters: [filter] }] })
    expect(found).toEqual([expect.objectContaining({ id: recordId })])

    const updated = await execute('update', { [id]: recordId, properties: change })
    expect(updated.properties).toEqual(change)

    const read = await execute('get', {
      [id]: recordId,
      properties: [...Object.keys(create), ...Object.keys(change)],
    })
    expect(read.properties).toMatchObject({ ...create, ...change, hs_object_id: recordId })

    expect(await execute('archive', { [id]: recordId })).toBeNull()
    expect(emulator.state.objects[entity].get(recordId)?.archived).toBe(true)
    expect(await failure(execute('get', { [id]: recordId }))).toMatchObject({
      code: 'NOT_FOUND',
      status: 404,
    })
    expect(await execute('get', { [id]: recordId, archived: true })).toMatchObject({ archived: true })
  },
)

test('every path names the same version of the API', async () => {
  const emulator = await startHubspot()
  const connector = connectTo(emulator)
  await connector.tickets.get({ ticketId: '501' })
  await connector.associations.listLabels({ fromObjectType: 'tickets', toObjectType: 'contacts' })
  expect(emulator.requests.map(({ path }) => path)).toEqual([
    '/crm/objects/2026-09/tickets/501',
    '/crm/associations/2026-09/tickets/contacts/labels',
  ])
})

test('a read answers with common properties, or with those that are asked for', async () => {
  const connector = connectTo(await startHubspot({ properties: { tickets: [{ name: 'severity' }] } }))
  const common = await connector.tickets.get({ ticketId: '501' })
  expect(common.properties).toMatchObject({
    subject: 'CSV export stops at 1,000 rows',
    hs_ticket_priority: 'HIGH',
    hubspot_owner_id: '72',
  })
  expect(common.properties).not.toHaveProperty('source_type')

  await connector.tickets.update({ ticketId: '501', properties: { severity: '2' } })
  const chosen = await connector.tickets.get({ ticketId: '501', properties: ['severity'] })
  expect(chosen.properties['severity']).toBe('2')
  expect(Object.keys(chosen.properties).sort()).toEqual([
    'createdate',
    'hs_lastmodifieddate',
    'hs_object_id',
    'severity',
  ])
})

test('a contact is found and changed by its email address', async () => {
  const connector = connectTo(await startHubspot())
  const byEmail = { contactId: 'priya@harborlogistics.example', idProperty: 'email' }
  expect(await connector.contacts.get(byEmail)).toMatchObject({ id: '301' })
  const changed = await connector.contacts.update({ ...byEmail, properties: { phone: '+351 1' } })
  expect(changed).toMatchObject({ id: '301', properties: { phone: '+351 1' } })
})

test('empty text clears a property', async () => {
  const connector = connectTo(await startHubspot())
  await connector.contacts.update({ contactId: '301', properties: { jobtitle: '' } })
  expect((await connector.contacts.get({ contactId: '301' })).properties.jobtitle).toBeNull()
})

test('a read brings the ids of associated records', async () => {
  const connector = connectTo(await startHubspot())
  const { associations } = await connector.tickets.get({
    ticketId: '501',
    associations: ['contacts', 'companies'],
  })
  expect(associations?.['contacts']?.results).toEqual([{ id: '302', type: 'ticket_to_contact' }])
  expect(associations?.['companies']?.results).toContainEqual(expect.objectContaining({ id: '201' }))
})

test('a note is written at the present time unless told, and belongs to what it names', async () => {
  const emulator = await startHubspot()
  const connector = connectTo(emulator)
  const before = Date.now()
  const note = await connector.notes.create({
    properties: { hs_note_body: 'Linked to issue 7.', hs_timestamp: undefined },
    associations: [
      { toObjectType: 'tickets', toObjectId: '501' },
      { toObjectId: '301', types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }] },
    ],
  })
  expect(Date.parse(note.properties.hs_timestamp ?? '')).toBeGreaterThanOrEqual(before)
  const read = await connector.notes.get({ noteId: note.id, associations: ['tickets', 'contacts'] })
  expect(read.associations?.['tickets']?.results.map(({ id }) => id)).toEqual(['501'])
  expect(read.associations?.['contacts']?.results.map(({ id }) => id)).toEqual(['301'])
})

const others = { contacts: '301', companies: '201', deals: '401', tickets: '501' }

test('the default association types are those that HubSpot defines', async () => {
  const emulator = await startHubspot()
  const connector = connectTo(emulator)
  for (const { entity, create } of samples) {
    for (const [toObjectType, toObjectId] of Object.entries(others)) {
      emulator.reset()
      const associations = [{ toObjectType, toObjectId }]
      const created = await callByName(connector, entity, 'create', { properties: create, associations })
      const { id: objectId } = created as { id: string }
      const { data: linked } = await connector.associations.list({
        objectType: entity,
        objectId,
        toObjectType,
      })
      expect(linked.map((each) => [entity, each.toObjectId, each.associationTypes[0]?.label])).toEqual([
        [entity, toObjectId, null],
      ])
    }
  }
})

test.each([
  ['contacts', { properties: { jobtitle: 'x' } }, 'properties', 'one of email, firstname, lastname'],
  ['companies', { properties: { name: '' } }, 'properties', 'one of name, domain'],
  ['deals', { properties: { dealname: 'x' } }, 'properties.dealstage', 'string'],
  [
    'tickets',
    { properties: { subject: 'x', hs_pipeline_stage: 1 } },
    'properties.hs_pipeline_stage',
    'string',
  ],
  [
    'notes',
    { properties: {}, associations: [{ toObjectId: '1' }] },
    'associations.0.toObjectType',
    'the object type of the other record, or types',
  ],
] as const)('%s.create refuses %j before anything is sent', async (entity, params, path, expected) => {
  const emulator = await startHubspot()
  const error = await failure(callByName(connectTo(emulator), entity, 'create', params))
  expect(error).toMatchObject({ code: 'INPUT_INVALID', outcome: 'not_sent', issues: [{ path }] })
  expect(error.issues?.[0]?.expected).toContain(expected)
  expect(emulator.requests).toEqual([])
})

test('an update without a property is refused before anything is sent', async () => {
  const emulator = await startHubspot()
  const error = await failure(connectTo(emulator).deals.update({ dealId: '401', properties: {} }))
  expect(error).toMatchObject({
    code: 'INPUT_INVALID',
    issues: [{ path: 'properties', expected: 'at least one property' }],
  })
  expect(emulator.requests).toEqual([])
})
