import { expect, test } from 'vitest'
import { apiRequests, connectTo, failure, startHubspot } from './start.ts'

const notes = Array.from({ length: 23 }, (_, index) => ({
  properties: { hs_note_body: `Note ${index + 1}`, hs_timestamp: '2026-11-20T10:00:00Z' },
}))
const bodies = notes.map(({ properties }) => properties.hs_note_body)
const seed = { objects: { notes } }

test('the first page, and the next by its cursor', async () => {
  const connector = connectTo(await startHubspot(seed))
  const first = await connector.notes.list()
  expect(first.data).toHaveLength(10)
  expect(first.meta.nextCursor).toMatch(/^\d+$/)
  const second = await connector.notes.list({ limit: 100, cursor: first.meta.nextCursor! })
  expect(second.meta).not.toHaveProperty('nextCursor')
  expect([...first.data, ...second.data].map(({ properties }) => properties.hs_note_body)).toEqual(bodies)
})

test('a walk takes every item once, in the fewest pages', async () => {
  const emulator = await startHubspot(seed)
  const found: unknown[] = []
  for await (const { properties } of connectTo(emulator).notes.list()) found.push(properties.hs_note_body)
  expect(found).toEqual(bodies)
  expect(apiRequests(emulator).map(({ query }) => query['limit'])).toEqual(['100'])
})

test('a walk over small pages asks for each only when it is needed', async () => {
  const emulator = await startHubspot(seed)
  let taken = 0
  for await (const note of connectTo(emulator).notes.list({ limit: 5 })) {
    expect(note.properties.hs_note_body).toBe(bodies[taken])
    taken += 1
    expect(apiRequests(emulator)).toHaveLength(Math.ceil(taken / 5))
  }
  expect(taken).toBe(23)
})

test('a search pages by an offset in the body, and tells the total', async () => {
  const emulator = await startHubspot(seed)
  const connector = connectTo(emulator)
  const search = {
    query: 'note',
    sorts: [{ propertyName: 'hs_object_id', direction: 'DESCENDING' as const }],
  }
  const first = await connector.notes.search(search)
  expect(first.meta).toMatchObject({ totalCount: 23, nextCursor: '10' })
  const found: unknown[] = []
  for await (const page of connector.notes.search({ ...search, limit: 9 }).pages()) {
    found.push(...page.data.map(({ properties }) => properties.hs_note_body))
  }
  expect(found).toEqual(bodies.toReversed())
  expect(
    apiRequests(emulator)
      .slice(1)
      .map(({ body }) => (body as { after?: string }).after),
  ).toEqual([undefined, '9', '18'])
})

test('associations page too', async () => {
  const objects = {
    contacts: [{ id: '1', properties: { email: 'a@example.com' } }],
    notes: notes.map((note) => ({ ...note, associations: [{ to: { type: 'contacts', id: '1' } as const }] })),
  }
  const emulator = await startHubspot({ objects })
  const list = { objectType: 'contacts', objectId: '1', toObjectType: 'notes' }
  const ids: string[] = []
  for await (const { toObjectId } of connectTo(emulator).associations.list({ ...list, limit: 10 }))
    ids.push(toObjectId)
  expect(new Set(ids).size).toBe(23)
  expect(apiRequests(emulator)).toHaveLength(3)
})

test('a page that is too large is refused before anything is sent', async () => {
  const emulator = await startHubspot()
  const connector = connectTo(emulator)
  for (const call of [connector.contacts.list({ limit: 101 }), connector.contacts.search({ limit: 201 })]) {
    expect(await failure(call)).toMatchObject({ code: 'INPUT_INVALID', issues: [{ path: 'limit' }] })
  }
  expect(emulator.requests).toEqual([])
})

test('a cursor that HubSpot does not know is its refusal, by name', async () => {
  const connector = connectTo(await startHubspot())
  expect(await failure(connector.contacts.list({ cursor: 'elsewhere' }))).toMatchObject({
    code: 'REQUEST_REJECTED',
    remoteCode: 'VALIDATION_ERROR',
  })
})
