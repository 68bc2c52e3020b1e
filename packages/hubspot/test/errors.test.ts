import { type ConnectorError, PermissionError, QuotaExhaustedError, RateLimitError } from '@agent/core'
import { expect, test } from 'vitest'
import { HubspotConnector } from '../src/index.ts'
import { companies } from './fixtures/companies.ts'
import { contacts } from './fixtures/contacts.ts'
import { deals } from './fixtures/deals.ts'
import { notes } from './fixtures/notes.ts'
import { tickets } from './fixtures/tickets.ts'
import { apiRequests, callByName, connectTo, failure, oauth, serviceKey, startHubspot } from './start.ts'

test('an error carries category and correlation id', async () => {
  const connector = connectTo(await startHubspot())
  const error = await failure(connector.deals.get({ dealId: '999' }))
  expect(error).toMatchObject({
    code: 'NOT_FOUND',
    status: 404,
    remoteCode: 'OBJECT_NOT_FOUND',
    message: 'HubSpot deals.get was refused with 404: resource not found',
  })
  expect(error.requestId).toMatch(/^[0-9a-f-]{36}$/)
})

test('a correlation id that only the body has is not lost', async () => {
  const body = { category: 'VALIDATION_ERROR', message: 'No.', correlationId: 'test-correlation-1' }
  const connector = new HubspotConnector({
    auth: serviceKey,
    fetch: async () => Response.json(body, { status: 400 }),
  })
  const error = await failure(connector.contacts.list())
  expect(error.requestId).toBe('test-correlation-1')
})

test.each([
  null,
  'text',
  [],
  { errors: 'x', message: 7, context: [] },
  { errors: [null, { context: { propertyName: 'x' } }] },
])('an error body of another shape, %j, still makes a typed error', async (body) => {
  const connector = new HubspotConnector({
    auth: serviceKey,
    fetch: async () => Response.json(body, { status: 400 }),
  })
  expect(await failure(connector.contacts.list())).toMatchObject({ code: 'REQUEST_REJECTED', status: 400 })
})

test('a refused property is an issue, and the sentence is readable', async () => {
  const connector = connectTo(await startHubspot())
  const error = await failure(
    connector.tickets.create({
      properties: { subject: 'x', hs_pipeline_stage: '1', hs_ticket_priority: 'HUGE', nonsense: 'y' },
    }),
  )
  expect(error).toMatchObject({
    code: 'REQUEST_REJECTED',
    outcome: 'rejected',
    remoteCode: 'VALIDATION_ERROR',
    issues: [
      { path: 'hs_ticket_priority', expected: 'another value (INVALID_OPTION)' },
      { path: 'nonsense', expected: 'another value (PROPERTY_DOESNT_EXIST)' },
    ],
  })
  expect(error.message).toContain('Property values were not valid (HUGE was not one of')
  expect(error.message).not.toContain('isValid')
})

test('problems that are only in the message are read from there', async () => {
  const emulator = await startHubspot()
  const problem = {
    isValid: false,
    message: 'Property "foo" does not exist',
    error: 'PROPERTY_DOESNT_EXIST',
    name: 'foo',
  }
  const message = `Property values were not valid: ${JSON.stringify([problem])}`
  emulator.addFault({
    kind: 'fails-before-applying',
    status: 400,
    body: { category: 'VALIDATION_ERROR', message },
  })
  const error = await failure(
    connectTo(emulator).contacts.update({ contactId: '301', properties: { foo: 'x' } }),
  )
  expect(error.issues).toEqual([{ path: 'foo', expected: 'another value (PROPERTY_DOESNT_EXIST)' }])
  expect(error.message).toContain('Property values were not valid (Property "foo" does not exist)')
})

test('T28 missing scopes are named', async () => {
  const emulator = await startHubspot({
    tokens: [{ token: 'test-service-key', scopes: ['crm.objects.contacts.read'], kind: 'serviceKey' }],
  })
  const connector = connectTo(emulator)
  await connector.contacts.list({ limit: 1 })
  const error = await failure(
    connector.tickets.create({ properties: { subject: 'x', hs_pipeline_stage: '1' } }),
  )
  expect(PermissionError.isInstance(error)).toBe(true)
  expect(error).toMatchObject({
    code: 'PERMISSION_DENIED',
    remoteCode: 'MISSING_SCOPES',
    hint: 'Grant the credential one of these scopes: crm.objects.tickets.write, tickets.',
  })
  expect(error).not.toHaveProperty('issues')
})

const fixtures: Record<string, Record<string, { input: unknown }>> = {
  contacts,
  companies,
  deals,
  tickets,
  notes,
}

test.each(Object.keys(fixtures))(
  'the scopes that the actions of %s declare are enough, and needed',
  async (entity) => {
    const emulator = await startHubspot()
    const connector = connectTo(emulator)
    for (const { action, permissions } of connector.entities(entity)) {
      const codeWith = (scopes: readonly string[]) => {
        emulator.state.accessTokens.set('test-service-key', {
          token: 'test-service-key',
          kind: 'serviceKey',
          scopes: [...scopes],
        })
        return callByName(connector, entity, action, fixtures[entity]?.[action]?.input).then(
          () => 'granted',
          (error: unknown) => (error as ConnectorError).code,
        )
      }
      expect([action, await codeWith([])]).toEqual([action, 'PERMISSION_DENIED'])
      expect([action, await codeWith(permissions.scopes)]).not.toEqual([action, 'PERMISSION_DENIED'])
    }
  },
)

test('a conflict names the record that exists', async () => {
  const connector = connectTo(await startHubspot())
  const properties = { email: 'priya@harborlogistics.example' }
  expect(await failure(connector.contacts.create({ properties }))).toMatchObject({
    code: 'CONFLICT',
    remoteCode: 'CONFLICT',
    outcome: 'rejected',
    hint: 'It exists already, with the id 301: update that one instead.',
  })
})

/** The error of a call, which must say to come back this long after it came. */
async function failureFor(waitMs: number, call: () => PromiseLike<unknown>): Promise<ConnectorError> {
  const earliest = Date.now() + waitMs
  const error = await failure(call())
  const retryAt = error.retryAt?.getTime()
  expect(retryAt).toBeGreaterThanOrEqual(earliest)
  expect(retryAt).toBeLessThanOrEqual(Date.now() + waitMs)
  return error
}

test('the limit of ten seconds says when its window ends', async () => {
  const emulator = await startHubspot({ limits: { perTenSeconds: 1 } })
  const connector = connectTo(emulator, { maxAttempts: 1 })
  const { meta } = await connector.contacts.list({ limit: 1 })
  expect(meta.rateLimit).toMatchObject({ limit: 1, remaining: 0, resource: 'ten-secondly' })
  const error = await failureFor(10_000, () => connector.contacts.list())
  expect(RateLimitError.isInstance(error)).toBe(true)
  expect(error).toMatchObject({
    code: 'RATE_LIMITED',
    remoteCode: 'TEN_SECONDLY_ROLLING',
    isRetryable: true,
    outcome: 'rejected',
  })
})

test('the limit of searches ends within a second', async () => {
  const emulator = await startHubspot({ limits: { searchPerSecond: 0 } })
  const connector = connectTo(emulator, { maxAttempts: 1 })
  const error = await failureFor(1000, () => connector.contacts.search({ query: 'x' }))
  expect(error).toMatchObject({ code: 'RATE_LIMITED', remoteCode: 'SECONDLY' })
})

test('the daily limit is a quota: it is not waited for', async () => {
  const emulator = await startHubspot({ limits: { perDay: 1 } })
  const connector = connectTo(emulator)
  const { meta } = await connector.contacts.list({ limit: 1 })
  expect(meta.rateLimit).toEqual({ limit: 1, remaining: 0, resource: 'daily' })
  const started = Date.now()
  const error = await failure(connector.contacts.list())
  expect(QuotaExhaustedError.isInstance(error)).toBe(true)
  expect(error).toMatchObject({ code: 'QUOTA_EXHAUSTED', remoteCode: 'DAILY', isRetryable: false })
  expect(error.retryAt?.toISOString()).toMatch(/T00:00:00\.000Z$/)
  expect(error.retryAt?.getTime()).toBeGreaterThan(started)
  expect(apiRequests(emulator)).toHaveLength(2)
})

test('OAuth apps have no daily limit, so theirs is that of ten seconds', async () => {
  const connector = connectTo(await startHubspot({ limits: { perDay: 1 } }), { auth: oauth })
  await connector.contacts.list({ limit: 1 })
  expect((await connector.contacts.list({ limit: 1 })).meta.rateLimit?.resource).toBe('ten-secondly')
})

test('a write that met a limit is sent again when HubSpot says so: nothing was applied', async () => {
  const emulator = await startHubspot()
  emulator.addFault({ kind: 'rate-limited', retryAfterSeconds: 0, times: 2 })
  await connectTo(emulator).companies.create({ properties: { name: 'Later' } })
  expect(emulator.requests.map(({ status }) => status)).toEqual([429, 429, 201])
})

test('a 429 without a body is a limit of unknown length', async () => {
  const emulator = await startHubspot()
  emulator.addFault({ kind: 'fails-before-applying', status: 429, body: {} })
  const error = await failure(connectTo(emulator, { maxAttempts: 1 }).contacts.list())
  expect(error).toMatchObject({ code: 'RATE_LIMITED', isRetryable: true })
  expect(error).not.toHaveProperty('retryAt')
})

test('locked records are waited for, two seconds at least', async () => {
  const emulator = await startHubspot()
  emulator.addFault({ kind: 'fails-before-applying', status: 423, body: { message: 'locked' } })
  const connector = connectTo(emulator, { maxWaitMs: 1000 })
  const change = { dealId: '401', properties: { amount: '1' } }
  const error = await failureFor(2000, () => connector.deals.update(change))
  expect(error).toMatchObject({ code: 'RATE_LIMITED', status: 423, isRetryable: true, outcome: 'rejected' })
})

test('a move to another data centre says when to come back', async () => {
  const emulator = await startHubspot()
  const headers = { 'retry-after': '7200' }
  emulator.addFault({ kind: 'fails-before-applying', status: 477, headers, body: { message: 'migrating' } })
  const connector = connectTo(emulator)
  const change = { dealId: '401', properties: { amount: '1' } }
  const error = await failureFor(7_200_000, () => connector.deals.update(change))
  expect(error).toMatchObject({ code: 'RATE_LIMITED', status: 477, outcome: 'rejected', attempts: 1 })
})

test('a write that HubSpot applied and then failed is not sent again', async () => {
  const emulator = await startHubspot()
  emulator.addFault({ kind: 'fails-after-applying', status: 504 })
  const error = await failure(connectTo(emulator).companies.create({ properties: { name: 'Perhaps' } }))
  expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN', outcome: 'unknown', isRetryable: false })
  expect(emulator.requests).toHaveLength(1)
})

test.each([
  ['a page', { kind: 'html' }],
  ['half an answer', { kind: 'truncated' }],
] as const)('%s in place of an answer is retried for a read, unknown for a write', async (_, fault) => {
  const emulator = await startHubspot()
  emulator.addFault(fault)
  const connector = connectTo(emulator)
  await connector.contacts.get({ contactId: '301' })
  expect(emulator.requests).toHaveLength(2)
  emulator.addFault(fault)
  expect(await failure(connector.companies.create({ properties: { name: 'x' } }))).toMatchObject({
    code: 'OUTCOME_UNKNOWN',
  })
  expect(emulator.requests).toHaveLength(3)
})

test.each(['../deals/401', '..', 'a/b', 'a?b', 'a#b', '%2e%2e'])(
  'the id %j stays one segment of its path',
  async (contactId) => {
    const emulator = await startHubspot()
    const error = await failure(connectTo(emulator).contacts.get({ contactId }))
    expect(['NOT_FOUND', 'INPUT_INVALID']).toContain(error.code)
    for (const { path } of emulator.requests) {
      expect(decodeURIComponent(path.replace('/crm/objects/2026-09/contacts/', ''))).toBe(contactId)
    }
  },
)
