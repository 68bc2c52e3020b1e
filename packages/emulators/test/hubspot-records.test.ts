/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment -- Bodies are of every shape. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { HubspotEmulator } from '../src/hubspot/create-hubspot-emulator.ts'
import { defaultHubspotSeed } from '../src/hubspot/seed/default-seed.ts'
import { idsOf, requests, startHubspot, type Reply } from './hubspot-requests.ts'

let emulator: HubspotEmulator
let call: ReturnType<typeof requests>
const contacts = '/crm/objects/2026-09/contacts'
const tickets = '/crm/objects/2026-09/tickets'

beforeEach(async () => {
  emulator = await startHubspot()
  call = requests(emulator)
})

function invalid(code?: string) {
  const body = { status: 'error', category: 'VALIDATION_ERROR' }
  return { status: 400, body: code === undefined ? body : { ...body, errors: [{ code }] } }
}

test('a list shows default properties, pages by link and ends without paging', async () => {
  const first = await call('GET', `${contacts}?limit=3`)
  expect(Object.keys(first.body.results[0].properties as object)).toEqual([
    'firstname',
    'lastname',
    'email',
    'createdate',
    'lastmodifieddate',
    'hs_object_id',
  ])
  const link = new URL(first.body.paging.next.link as string)
  const second = await call('GET', link.pathname + link.search)
  expect([first, second].flatMap(idsOf)).toEqual(['301', '302', '303', '304', '305'])
  expect(second.body).not.toHaveProperty('paging')
})

test('the dated and numeric paths, plural, singular and type ids reach the same record', async () => {
  const paths = ['2026-09/contacts', '2026-03/contact', '2026-09/0-1', 'v3/contacts'].map((path) =>
    path.startsWith('v3') ? `/crm/${path.replace('v3', 'v3/objects')}` : `/crm/objects/${path}`,
  )
  const bodies = await Promise.all(
    paths.map(async (path) => (await call('GET', `${path}/301`)).body as unknown),
  )
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
})

test('asked properties replace the defaults; unknown ones are left out and empty ones null', async () => {
  const { body } = await call('GET', `${contacts}/301?properties=jobtitle,phone&properties=nonsense`)
  expect(body.properties).toEqual({
    jobtitle: 'Operations Lead',
    phone: null,
    createdate: expect.any(String) as string,
    lastmodifieddate: expect.any(String) as string,
    hs_object_id: '301',
  })
})

test('history keeps the versions of a property, newest first', async () => {
  await call('PATCH', `${contacts}/301`, { properties: { jobtitle: 'Director' } })
  const { body } = await call('GET', `${contacts}/301?propertiesWithHistory=jobtitle`)
  expect(body.propertiesWithHistory.jobtitle).toMatchObject([
    { value: 'Director' },
    { value: 'Operations Lead' },
  ])
})

describe.each([
  ['a limit over the maximum', 'GET', `${contacts}?limit=101`, undefined],
  ['a limit of zero', 'GET', `${contacts}?limit=0`, undefined],
  ['a limit that is no number', 'GET', `${contacts}?limit=ten`, undefined],
  ['more than 50 records with history', 'GET', `${contacts}?limit=51&propertiesWithHistory=email`, undefined],
  ['a broken cursor', 'GET', `${contacts}?after=abc`, undefined],
  ['an unknown object type', 'GET', '/crm/objects/2026-09/unicorns', undefined],
  ['an unknown association type', 'GET', `${contacts}?associations=unicorns`, undefined],
  ['an idProperty that is not unique', 'GET', `${contacts}/Priya?idProperty=firstname`, undefined],
  ['malformed JSON', 'POST', contacts, '{"properties":'],
  ['JSON that is no object', 'POST', contacts, '[]'],
  ['properties that are no object', 'POST', contacts, { properties: 'x' }],
  ['no required property', 'POST', contacts, { properties: {} }],
  ['an update of nothing', 'PATCH', `${contacts}/301`, { properties: {} }],
  ['an empty batch', 'POST', `${contacts}/batch/read`, { inputs: [] }],
  ['a batch of 101', 'POST', `${contacts}/batch/archive`, { inputs: Array(101).fill({ id: '301' }) }],
  ['a merge with itself', 'POST', `${contacts}/merge`, { primaryObjectId: '301', objectIdToMerge: '301' }],
])('%s', (_, method, path, body) => {
  test('answers 400 VALIDATION_ERROR', async () => {
    expect(await call(method, path, body)).toMatchObject(invalid())
    expect(emulator.state.objects.contacts.size).toBe(5)
  })
})

test.each([
  [contacts, { firstname: 'A', nonsense: '1' }, 'PROPERTY_DOESNT_EXIST'],
  [contacts, { firstname: 'A', lifecyclestage: 'Customer' }, 'INVALID_OPTION'],
  [contacts, { firstname: 'A', hubspot_owner_id: '9' }, 'INVALID_OPTION'],
  [contacts, { email: 'not an address' }, 'INVALID_EMAIL'],
  [contacts, { firstname: 'A', hs_object_id: '9' }, 'READ_ONLY_VALUE'],
  [contacts, { firstname: { a: 1 } }, 'INVALID_VALUE'],
  ['/crm/objects/2026-09/deals', { dealname: 'A', dealstage: 'nowhere' }, 'INVALID_OPTION'],
  ['/crm/objects/2026-09/deals', { dealname: 'A', dealstage: 'closedwon', amount: '1,5' }, 'INVALID_INTEGER'],
  ['/crm/objects/2026-09/notes', { hs_timestamp: 'yesterday' }, 'INVALID_DATE'],
  ['/crm/objects/2026-09/notes', { hs_note_body: 'No time' }, 'REQUIRED_PROPERTY_MISSING'],
  [tickets, { subject: 'No stage' }, 'REQUIRED_PROPERTY_MISSING'],
])('POST %s with %o is refused as %s', async (path, properties, code) => {
  expect(await call('POST', path, { properties })).toMatchObject(invalid(code))
})

test('a property problem is told inside the message as JSON, too', async () => {
  const { body } = await call('POST', contacts, { properties: { nonsense: '1' } })
  const embedded: unknown = JSON.parse(
    (body.message as string).replace('Property values were not valid: ', ''),
  )
  expect(embedded).toMatchObject([{ isValid: false, error: 'PROPERTY_DOESNT_EXIST', name: 'nonsense' }])
})

test('a body of another media type answers 415', async () => {
  const reply = await call('POST', contacts, 'firstname=A', {
    'content-type': 'application/x-www-form-urlencoded',
  })
  expect(reply).toMatchObject({ status: 415, body: { status: 'error' } })
})

test('values are stored as HubSpot returns them', async () => {
  const { body } = await call('POST', '/crm/objects/2026-09/deals', {
    properties: { dealname: 'A', dealstage: 'closedwon', amount: 12.5, closedate: '1764547200000' },
  })
  expect(body.properties).toMatchObject({
    amount: '12.5',
    closedate: '2025-12-01T00:00:00.000Z',
    pipeline: 'default',
    hs_is_closed_won: 'true',
  })
})

test('closing a ticket dates its end', async () => {
  const path = `${tickets}/501?properties=closed_date,hs_pipeline_stage`
  expect((await call('GET', path)).body.properties).toMatchObject({ closed_date: null })
  await call('PATCH', `${tickets}/501`, { properties: { hs_pipeline_stage: '4' } })
  const { closed_date: closed, hs_lastmodifieddate: modified } = (await call('GET', path)).body.properties
  expect(closed).toBe(modified)
})

test('an existing email answers 409 with the id, regardless of case, until its holder is archived', async () => {
  const copy = { properties: { email: 'PRIYA@harborlogistics.example' } }
  expect(await call('POST', contacts, copy)).toMatchObject({
    status: 409,
    body: { category: 'CONFLICT', message: 'Contact already exists. Existing ID: 301' },
  })
  expect((await call('PATCH', `${contacts}/302`, copy)).status).toBe(409)
  expect((await call('PATCH', `${contacts}/301`, copy)).status).toBe(200)
  await call('DELETE', `${contacts}/301`)
  expect((await call('POST', contacts, copy)).status).toBe(201)
})

test('an empty string clears a value', async () => {
  await call('PATCH', `${contacts}/301`, { properties: { jobtitle: '' } })
  expect((await call('GET', `${contacts}/301?properties=jobtitle`)).body.properties.jobtitle).toBeNull()
})

test('archived records leave lists, gets and associations, and archiving again changes nothing', async () => {
  expect((await call('DELETE', `${contacts}/302`)).status).toBe(204)
  expect((await call('DELETE', `${contacts}/302`)).status).toBe(204)
  expect((await call('DELETE', `${contacts}/999`)).status).toBe(204)
  expect(await call('GET', `${contacts}/302`)).toMatchObject({
    status: 404,
    body: { category: 'OBJECT_NOT_FOUND', message: 'resource not found' },
  })
  expect((await call('PATCH', `${contacts}/302`, { properties: { firstname: 'T' } })).status).toBe(404)
  expect((await call('GET', `${contacts}?archived=true`)).body.results).toMatchObject([
    { id: '302', archived: true, archivedAt: expect.any(String) as string },
  ])
  expect((await call('GET', `${tickets}/501/associations/contacts`)).body.results).toEqual([])
})

test('a create with associations stores them, or nothing when one is wrong', async () => {
  const create = (id: unknown, associationTypeId: number) =>
    call('POST', '/crm/objects/2026-09/notes', {
      properties: { hs_timestamp: '2026-11-20T10:00:00Z', hs_note_body: 'See the issue' },
      associations: [{ to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }] }],
    })
  expect(await create('999', 228)).toMatchObject({ status: 404 })
  expect(await create('501', 9999)).toMatchObject(invalid())
  expect(emulator.state.objects.notes.size).toBe(0)
  const note = await create(501, 228)
  const read = await call('GET', `${tickets}/501?associations=notes,companies`)
  expect(read.body.associations).toEqual({
    notes: { results: [{ id: note.body.id as string, type: 'ticket_to_note' }] },
    companies: { results: [{ id: '201', type: 'ticket_to_company_unlabeled' }] },
  })
})

describe('batches', () => {
  const batch = (action: string, inputs: unknown[], rest = {}): Promise<Reply> =>
    call('POST', `${contacts}/batch/${action}`, { inputs, ...rest })

  test('reading missing ids answers 207 with what was found and an error that names them', async () => {
    const { status, body } = await batch('read', [{ id: '301' }, { id: '999' }], { properties: ['email'] })
    expect(status).toBe(207)
    expect(body).toMatchObject({
      results: [{ id: '301' }],
      numErrors: 1,
      errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['999'] } }],
    })
  })

  test('reads by a unique property', async () => {
    const { body } = await batch('read', [{ id: 'greta@brightsideretail.example' }], { idProperty: 'email' })
    expect(body.results).toMatchObject([{ id: '305' }])
  })

  test('one bad input stops a whole batch', async () => {
    const good = { properties: { email: 'good@example.com' } }
    expect((await batch('create', [good, { properties: { nonsense: '1' } }])).status).toBe(400)
    expect((await batch('create', [good, good])).status).toBe(400)
    expect(emulator.state.objects.contacts.size).toBe(5)
    const update = { id: '301', properties: { jobtitle: 'New' } }
    expect((await batch('update', [update, { id: '302', properties: { nonsense: '1' } }])).status).toBe(400)
    expect(emulator.state.objects.contacts.get('301')!.properties['jobtitle']).toBe('Operations Lead')
  })

  test('with trace ids each input stands by itself', async () => {
    const { status, body } = await batch('create', [
      { objectWriteTraceId: 'a', properties: { email: 'good@example.com' } },
      { objectWriteTraceId: 'b', properties: { email: 'priya@harborlogistics.example' } },
    ])
    expect(status).toBe(207)
    expect(body.results).toMatchObject([{ objectWriteTraceId: 'a' }])
    expect(body.errors).toMatchObject([{ category: 'CONFLICT', context: { objectWriteTraceId: ['b'] } }])
  })

  test('an upsert of an unknown record id is refused', async () => {
    expect(await batch('upsert', [{ id: '999', properties: { firstname: 'A' } }])).toMatchObject(invalid())
  })
})

describe('associations', () => {
  test('labels of the account go both ways', async () => {
    const label = {
      from: 'contacts',
      to: 'companies',
      typeId: 37,
      label: 'Billing contact',
      inverse: { typeId: 38, label: 'Billed company' },
    } as const
    emulator = await startHubspot({ seed: { ...defaultHubspotSeed, associationLabels: [label] } })
    call = requests(emulator)
    const spec = [{ associationCategory: 'USER_DEFINED', associationTypeId: 37 }]
    const path = `${contacts}/305/associations/companies/201`
    expect(await call('PUT', path, spec)).toMatchObject({
      status: 201,
      body: { labels: ['Billing contact'] },
    })
    const back = await call('GET', '/crm/objects/2026-09/companies/201/associations/contacts?limit=500')
    expect(back.body.results).toContainEqual({
      toObjectId: '305',
      associationTypes: [
        { category: 'HUBSPOT_DEFINED', typeId: 280, label: null },
        { category: 'USER_DEFINED', typeId: 38, label: 'Billed company' },
      ],
    })
    const labels = await call('GET', '/crm/associations/2026-09/contact/company/labels')
    expect(labels.body.results).toMatchObject([{ typeId: 279 }, { typeId: 1 }, { typeId: 37 }])
  })

  test.each([
    ['GET', `${contacts}/999/associations/companies`, undefined, 404],
    ['GET', `${contacts}/301/associations/companies?limit=501`, undefined, 400],
    ['PUT', `${contacts}/301/associations/default/companies/999`, undefined, 404],
    ['PUT', `${contacts}/301/associations/companies/202`, [], 400],
    ['PUT', `${contacts}/301/associations/companies/202`, [{ associationTypeId: 3 }], 400],
    ['DELETE', `${contacts}/301/associations/companies/203`, undefined, 204],
  ])('%s %s with %o answers %i', async (method, path, body, status) => {
    expect((await call(method, path, body)).status).toBe(status)
  })
})

test('reference data answers 404 for what does not exist', async () => {
  for (const path of [
    '/crm/owners/2026-09/9',
    '/crm/pipelines/2026-09/deals/9',
    '/crm/properties/2026-09/deals/x',
  ]) {
    expect((await call('GET', path)).status).toBe(404)
  }
  expect((await call('GET', '/crm/v9/anything')).body.category).toBe('OBJECT_NOT_FOUND')
})

test('ten thousand contacts are listed page by page', async () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({
    properties: { email: `c${index}@example.com` },
  }))
  emulator = await startHubspot({ seed: { ...defaultHubspotSeed, objects: { contacts: many } } })
  call = requests(emulator)
  let walked = 0
  let path: string | undefined = `${contacts}?limit=100`
  while (path !== undefined) {
    const { body }: Reply = await call('GET', path)
    walked += body.results.length as number
    path = (body.paging?.next.link as string | undefined)?.replace(emulator.url, '')
  }
  expect(walked).toBe(10_000)
})

test('a seed that contradicts itself is refused', async () => {
  const objects = { contacts: [{ id: '1', properties: { firstname: 'A' } }] }
  const twice = { contacts: [...objects.contacts, ...objects.contacts] }
  await expect(startHubspot({ seed: { objects: twice } })).rejects.toThrow('two contacts with the id 1')
  const dangling = {
    ...objects.contacts[0]!,
    associations: [{ to: { type: 'companies' as const, id: '2' } }],
  }
  await expect(startHubspot({ seed: { objects: { contacts: [dangling] } } })).rejects.toThrow(
    'missing companies 2',
  )
  const notNumeric = { contacts: [{ id: 'a', properties: { firstname: 'A' } }] }
  await expect(startHubspot({ seed: { objects: notNumeric } })).rejects.toThrow('not a number')
})
