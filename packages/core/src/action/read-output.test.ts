import * as z from 'zod'
import { describe, expect, it } from 'vitest'
import { connectWith } from '../../test/connect-with.ts'
import { createItem, getItem, listItems } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import { json, serve } from '../../test/serve.ts'
import { defineAction, type DriftEvent, path } from '../index.ts'

const getNested = defineAction({
  name: 'items.nested',
  summary: 'Get.',
  effect: 'read',
  permissions: { scopes: [] },
  source: 'https://example.com',
  input: () => z.strictObject({}),
  output: () =>
    z.object({
      id: z.number(),
      owner: z.object({ login: z.string() }).nullish(),
      labels: z.array(z.object({ name: z.string() })).optional(),
    }),
  request: () => ({ method: 'GET', path: path`/nested` }),
})

async function connected(body: unknown, drift?: 'report' | 'error') {
  const events: DriftEvent[] = []
  const server = await serve(json(body))
  const options = { onDrift: (event: DriftEvent) => events.push(event), ...(drift && { drift }) }
  return { connection: connectWith(server, options), events }
}

describe('an answer', () => {
  it('is cut to the fields of its schema', async () => {
    const { connection, events } = await connected({
      id: 1,
      secret: 'x',
      owner: { login: 'me', email: 'x' },
      labels: [{ name: 'bug', color: 'red' }],
    })
    expect(await connection.run(getNested)).toEqual({
      id: 1,
      owner: { login: 'me' },
      labels: [{ name: 'bug' }],
    })
    expect(events).toEqual([])
  })

  it('that drifts comes as it is, still cut, and the drift is told without the value', async () => {
    const { connection, events } = await connected({
      id: 'test-value-1',
      secret: 'x',
      owner: { login: 7, email: 'x' },
      labels: [{ name: 'bug', color: 'red' }, { color: 'red' }],
    })
    expect(await connection.run(getNested)).toEqual({
      id: 'test-value-1',
      owner: { login: 7 },
      labels: [{ name: 'bug' }, {}],
    })
    const call = { service: 'example', action: 'items.nested', callId: expect.any(Number) as number }
    expect(events).toEqual([
      { ...call, path: 'id', expected: 'number' },
      { ...call, path: 'owner.login', expected: 'string' },
      { ...call, path: 'labels.1.name', expected: 'string' },
    ])
    expect(JSON.stringify(events)).not.toContain('test-value-1')
  })

  it('of a list tells which item drifts', async () => {
    const { connection, events } = await connected([{ id: 1, x: 1 }, { id: 'no', x: 1 }, 'text'])
    expect((await connection.run(listItems)).data).toEqual([{ id: 1 }, { id: 'no' }, 'text'])
    expect(events).toMatchObject([
      { path: '1.id', expected: 'number' },
      { path: '2', expected: 'object' },
    ])
  })

  it.each([
    ['a read', 'unknown', () => getItem, { item_id: 1 }],
    ['a write', 'applied', () => createItem, { name: 'x' }],
  ] as const)('that drifts is an error where the app says so: %s', async (_, outcome, action, input) => {
    const { connection, events } = await connected({ id: 'test-value-1' }, 'error')
    const error = await failure(connection.execute(action(), input))
    expect(error).toMatchObject({
      name: 'ProtocolError',
      code: 'REPLY_DRIFTED',
      outcome,
      isRetryable: false,
      issues: [{ path: 'id', expected: 'number' }],
    })
    expect(JSON.stringify(error)).not.toContain('test-value-1')
    expect(events).toEqual([])
  })

  it('X09 that is empty after a write says that it took effect', async () => {
    const server = await serve(() => new Response(null, { status: 201 }))
    expect(await failure(connectWith(server).run(createItem, { name: 'x' }))).toMatchObject({
      name: 'ProtocolError',
      code: 'REPLY_INVALID',
      outcome: 'applied',
    })
    expect(server.requests).toHaveLength(1)
  })
})
