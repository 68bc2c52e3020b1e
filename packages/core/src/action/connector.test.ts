import * as z from 'zod'
import { describe, expect, it } from 'vitest'
import { connectWith } from '../../test/connect-with.ts'
import { createItem, ExampleConnector, getItem } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import { json, serve } from '../../test/serve.ts'
import { defineAction, inputJsonSchema, noContent, outputJsonSchema, path } from '../index.ts'

const auth = { type: 'token', token: 'test-token-1' } as const
const item = { id: 1, name: 'one' }
const value = 'test-value-1'

describe('configuration', () => {
  const build = (options: unknown) => () => new ExampleConnector(options as { auth: typeof auth })
  it.each([
    ['no auth', {}, 'value', ''],
    ['auth null', { auth: null }, 'expected', ''],
    ['another type', { auth: { type: value, token: value } }, 'token', 'type'],
    ['no token', { auth: { type: 'token' } }, 'a non-empty string', 'token'],
    ['an empty token', { auth: { type: 'token', token: '' } }, 'a non-empty string', 'token'],
    ['a number as token', { auth: { type: 'token', token: 7 } }, 'a non-empty string', 'token'],
    ['an unknown field', { auth: { ...auth, colour: value } }, 'no such parameter', 'colour'],
    ['timeoutMs NaN', { auth, timeoutMs: Number.NaN }, 'number', 'timeoutMs'],
    ['timeoutMs 0', { auth, timeoutMs: 0 }, '>=1', 'timeoutMs'],
    ['timeoutMs beyond what a timer takes', { auth, timeoutMs: 2 ** 31 }, '<=2147483647', 'timeoutMs'],
    ['maxAttempts 1.5', { auth, maxAttempts: 1.5 }, 'int', 'maxAttempts'],
    ['nothing at all', undefined, 'object', ''],
  ])('%s is ConfigError at construction, without the value', async (_, options, expected, field) => {
    const error = await failure(build(options))
    expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID', outcome: 'not_sent' })
    expect(error.message).toContain(expected)
    expect(error.issues?.[0]?.path).toBe(field)
    expect(JSON.stringify(error)).not.toContain(value)
  })
})

describe('parameters', () => {
  async function refused(action: typeof getItem | typeof createItem, input: unknown) {
    const server = await serve(json(item))
    const error = await failure(connectWith(server).execute(action, input))
    expect(error).toMatchObject({ name: 'ValidationError', code: 'INPUT_INVALID', outcome: 'not_sent' })
    expect(server.requests).toHaveLength(0)
    return error
  }

  it.each([
    ['a missing one', {}, 'name', 'string'],
    ['another type', { name: 7 }, 'name', 'string'],
    ['an empty text', { name: '' }, 'name', '>=1'],
    ['null', null, 'name', 'string'],
    ['a list', [], '', 'object'],
    ['a text', 'name', '', 'object'],
  ])('A01 %s is refused, naming field and expectation', async (_, input, field, expected) => {
    const error = await refused(createItem, input)
    expect(error.issues).toMatchObject([
      { path: field, expected: expect.stringContaining(expected) as string },
    ])
  })

  it('A01 a wrong enum value gets the allowed ones', async () => {
    const connector = new ExampleConnector({ auth })
    const error = await failure(connector.items.list({ state: value as 'open' }))
    expect(error.message).toContain('one of open|closed')
    expect(JSON.stringify(error)).not.toContain(value)
  })

  it('A02 an unknown one is refused with the nearest name', async () => {
    const error = await refused(getItem, { item_id: 1, itemid: value })
    expect(error.issues).toMatchObject([{ path: 'itemid' }])
    expect(error.message).toContain('Did you mean "item_id"?')
    expect(JSON.stringify(error)).not.toContain(value)
  })

  it('A02 limit and cursor are for lists', async () => {
    expect((await refused(getItem, { item_id: 1, limit: 3 })).message).toContain('limit')
  })

  it('A03 prototype keys are refused or inert', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const server = await serve(json(item))
      const input: unknown = JSON.parse(`{"name":"x","${key}":{"polluted":"${value}"}}`)
      await connectWith(server)
        .execute(createItem, input)
        .catch(() => undefined)
      for (const { body } of server.requests) expect(body).toBe('{"name":"x"}')
    }
    expect({}).not.toHaveProperty('polluted')
  })

  it('A04 a name of any length, with characters that mislead, is cut and cleaned in the error', async () => {
    const error = await refused(createItem, { name: 'x', ['k'.repeat(10_000)]: 1, 'a\u202eb\n': 1 })
    expect(error.message.length).toBeLessThan(500)
    expect(error.message).not.toMatch(/[\u202e\n]/)
  })

  it('A04 what JSON cannot hold is refused', async () => {
    const setItem = defineAction({
      name: 'items.set',
      summary: 'Set fields of an item.',
      effect: 'update',
      permissions: { scopes: [] },
      source: 'https://example.com/docs',
      input: () => z.strictObject({ fields: z.record(z.string(), z.unknown()) }),
      output: noContent,
      request: ({ fields }) => ({ method: 'PUT', path: path`/items`, body: fields }),
    })
    const cyclic: Record<string, unknown> = {}
    cyclic['self'] = cyclic
    const server = await serve(json(item))
    for (const fields of [{ cyclic }, { big: 1n }]) {
      const error = await failure(connectWith(server).run(setItem, { fields }))
      expect(error).toMatchObject({ name: 'ValidationError', outcome: 'not_sent' })
    }
    expect(server.requests).toHaveLength(0)
    const keyed = await failure(
      connectWith(server).execute(
        { ...setItem, parameters: () => z.object({ fields: z.record(z.string(), z.number()) }) },
        { fields: { [value.repeat(1000)]: 'x' } },
      ),
    )
    expect(keyed.message.length).toBeLessThan(300)
  })
})

describe('execute by name', () => {
  it('gives data and what is known about the answer', async () => {
    const server = await serve(json({ ...item, extra: 1 }, { headers: { 'x-request-id': 'r-1' } }))
    const connector = new ExampleConnector({ auth, baseUrl: server.url })
    expect(await connector.execute('items', 'get', { item_id: 1 })).toEqual({
      data: item,
      meta: { requestId: 'r-1' },
    })
  })

  it('of a list gives its first page', async () => {
    const server = await serve(json([item], { headers: { link: '</items?page=2>; rel="next"' } }))
    const connector = new ExampleConnector({ auth, baseUrl: server.url })
    const page = await connector.execute('items', 'list', {})
    expect(page).toEqual({ data: [item], meta: { nextCursor: 'page=2' } })
    expect(server.requests).toHaveLength(1)
  })

  it.each([
    ['itms', 'list', 'items'],
    ['items', 'lst', 'list'],
    ['ITEMS', 'list', 'items'],
    ['items', 'destroyEverything', 'Known: list, get, create.'],
    ['toString', 'call', 'items'],
    ['items', '__proto__', 'Known:'],
    ['constructor', 'name', 'items'],
    ['\u202e'.repeat(200), 'list', 'items'],
    [undefined as unknown as string, 'list', 'items'],
    ['items', 7 as unknown as string, 'Known:'],
  ])('A10 unknown: %j %j', async (entity, action, hint) => {
    const server = await serve(json(item))
    const connector = new ExampleConnector({ auth, baseUrl: server.url })
    const error = await failure(connector.execute(entity, action, {}))
    expect(error).toMatchObject({ name: 'ValidationError', code: 'ACTION_UNKNOWN', outcome: 'not_sent' })
    expect(error.hint).toContain(hint)
    expect(error.message).not.toContain('\u202e')
    expect(await failure(() => connector.describe(entity, action))).toMatchObject({ code: 'ACTION_UNKNOWN' })
    expect(server.requests).toHaveLength(0)
  })
})

describe('introspection', () => {
  const connector = new ExampleConnector({ auth })

  it('lists every action, or those of one entity', () => {
    expect(connector.entities().map(({ name }) => name)).toEqual(['items.list', 'items.get', 'items.create'])
    expect(connector.entities('items')).toHaveLength(3)
    expect(connector.entities('nothing')).toEqual([])
    expect(connector.entities()[0]).toEqual({
      name: 'items.list',
      entity: 'items',
      action: 'list',
      summary: 'List items, newest first.',
      effect: 'read',
      isPaged: true,
      permissions: { scopes: ['items'] },
      source: 'https://example.com/docs',
    })
  })

  it('describes an action with JSON Schemas', () => {
    const { inputSchema, outputSchema } = connector.describe('items', 'list')
    expect(inputSchema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
      properties: {
        state: { enum: ['open', 'closed'], default: 'open', description: 'State to list.' },
        limit: { type: 'integer', minimum: 1, maximum: 100 },
        cursor: { type: 'string' },
      },
    })
    expect(inputSchema.required ?? []).toEqual([])
    expect(outputSchema).toMatchObject({ type: 'array', items: { type: 'object' } })
    expect(inputJsonSchema(createItem)).toMatchObject({ required: ['name'] })
    expect(outputJsonSchema(getItem)).toMatchObject({ type: 'object' })
  })

  it('shows the catalogue without a credential', () => {
    expect(Object.keys(ExampleConnector.catalogue.items)).toEqual(['list', 'get', 'create'])
    expect(ExampleConnector.service.name).toBe('example')
  })

  it('builds a schema on first use, once', () => {
    let built = 0
    const action = defineAction({
      name: 'items.count',
      summary: 'Count.',
      effect: 'read',
      permissions: { scopes: [] },
      source: 'https://example.com',
      input: () => {
        built += 1
        return z.strictObject({})
      },
      output: noContent,
      request: () => ({ method: 'GET', path: path`/` }),
    })
    expect(built).toBe(0)
    inputJsonSchema(action)
    inputJsonSchema(action)
    expect(built).toBe(1)
  })
})

describe('a connector', () => {
  it('sends what the service and the app say', async () => {
    const server = await serve(json(item, { status: 201 }))
    const connector = new ExampleConnector({ auth, baseUrl: server.url, userAgent: 'my-app/1' })
    expect(await connector.items.create({ name: 'one' })).toEqual(item)
    const [request] = server.requests
    expect(request).toMatchObject({ method: 'POST', url: '/items', body: '{"name":"one"}' })
    expect(Object.fromEntries(request!.headers)).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'my-app/1 example',
      authorization: 'Bearer test-token-1',
    })
  })

  it('runs an action outside its catalogue', async () => {
    const server = await serve(() => new Response(null, { status: 204 }))
    const remove = defineAction({
      name: 'items.delete',
      summary: 'Delete an item.',
      effect: 'delete',
      permissions: { scopes: [] },
      source: 'https://example.com',
      input: () => z.strictObject({ item_id: z.number() }),
      output: noContent,
      request: ({ item_id }) => ({ method: 'DELETE', path: path`/items/${item_id}` }),
    })
    const connector = new ExampleConnector({ auth, baseUrl: server.url })
    expect(await connector.run(remove, { item_id: 1 })).toBeNull()
    expect(server.requests).toMatchObject([{ method: 'DELETE', url: '/items/1', body: '' }])
    expect(server.requests[0]?.headers.has('content-type')).toBe(false)
  })

  it('shares nothing with another', async () => {
    const server = await serve(json(item))
    const [one, two] = ['test-token-1', 'test-token-2'].map(
      (token) => new ExampleConnector({ auth: { type: 'token', token }, baseUrl: server.url }),
    )
    await Promise.all([one!.items.get({ item_id: 1 }), two!.items.get({ item_id: 2 })])
    const sent = server.requests.map(({ url, headers }) => [url, headers.get('authorization')])
    expect(sent.sort()).toEqual([
      ['/items/1', 'Bearer test-token-1'],
      ['/items/2', 'Bearer test-token-2'],
    ])
  })
})
