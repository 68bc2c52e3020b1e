import { Client } from '@hubspot/api-client'
import { expect, test } from 'vitest'
import { connectTo, startHubspot } from './start.ts'

// HubSpot's own client still speaks the numeric paths; both must see the same records.
const entities = ['contacts', 'companies', 'deals', 'tickets'] as const

test.each(entities)('the same %s through HubSpot’s own client', async (entity) => {
  const emulator = await startHubspot()
  const official = new Client({ accessToken: 'test-service-key', basePath: emulator.url })
  const names = ['hs_object_id', 'subject', 'dealname', 'name', 'email']
  const { results } = await official.crm[entity].basicApi.getPage(100, undefined, names)
  const { data } = await connectTo(emulator)[entity].list({ limit: 100, properties: names })
  expect(data.length).toBeGreaterThan(2)
  const ours = data.map(({ id, properties, createdAt, archived }) => ({
    id,
    properties,
    createdAt,
    archived,
  }))
  expect(ours).toEqual(
    results.map(({ id, properties, createdAt, archived }) => ({
      id,
      properties,
      createdAt: createdAt.toISOString(),
      archived,
    })),
  )
})

test('what one writes, the other reads', async () => {
  const emulator = await startHubspot()
  const official = new Client({ accessToken: 'test-service-key', basePath: emulator.url })
  const connector = connectTo(emulator)
  const note = await connector.notes.create({
    properties: { hs_note_body: 'Ours' },
    associations: [{ toObjectType: 'tickets', toObjectId: '501' }],
  })
  const page = await official.crm.associations.v4.basicApi.getPage('notes', note.id, 'tickets')
  expect(page.results.map(({ toObjectId }) => Number(toObjectId))).toEqual([501])

  const theirs = await official.crm.contacts.basicApi.create({ properties: { email: 'theirs@example.com' } })
  const { properties } = await connector.contacts.get({ contactId: theirs.id })
  expect(properties.email).toBe('theirs@example.com')
})
