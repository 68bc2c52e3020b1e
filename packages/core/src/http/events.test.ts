import { describe, expect, it } from 'vitest'
import { connectWith } from '../../test/connect-with.ts'
import { createItem, getItem } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import { inTurn, json, serve, status } from '../../test/serve.ts'
import { apiKey, type ConnectionEvents, oauth2 } from '../index.ts'

const item = { id: 1, name: 'one' }
const hookNames = [
  'onCall',
  'onRequest',
  'onResponse',
  'onRetry',
  'onTokenRefresh',
  'onResult',
  'onDrift',
] as const

function recorder() {
  const log: { hook: string; event: Record<string, unknown> }[] = []
  const hooks = Object.fromEntries(
    hookNames.map((hook) => [
      hook,
      (event: object) => log.push({ hook, event: event as Record<string, unknown> }),
    ]),
  ) as ConnectionEvents
  return { log, hooks }
}

describe('events', () => {
  it('come in order and tell what a log needs', async () => {
    const server = await serve(inTurn(status(503), json(item, { headers: { 'x-request-id': 'r-1' } })))
    const { log, hooks } = recorder()
    await connectWith(server, hooks).run(getItem, { item_id: 1 })
    const call = { service: 'example', action: 'items.get', callId: log[0]?.event['callId'] }
    expect(call.callId).toBeTypeOf('number')
    const request = { ...call, method: 'GET', url: `${server.url}/items/1` }
    expect(log).toMatchObject([
      { hook: 'onCall', event: call },
      { hook: 'onRequest', event: { ...request, attempt: 1 } },
      { hook: 'onResponse', event: { ...request, attempt: 1, status: 503 } },
      { hook: 'onRetry', event: { ...request, attempt: 1, reason: 'SERVER_ERROR' } },
      { hook: 'onRequest', event: { ...request, attempt: 2 } },
      { hook: 'onResponse', event: { ...request, attempt: 2, status: 200, requestId: 'r-1' } },
      {
        hook: 'onResult',
        event: { ...call, effect: 'read', attempts: 2, outcome: 'applied', requestId: 'r-1' },
      },
    ])
    expect(log.at(-1)?.event).not.toHaveProperty('code')
    expect(log[2]?.event['durationMs']).toBeTypeOf('number')
  })

  it('tell how a failed call ended', async () => {
    const server = await serve(json({}, { status: 404, headers: { 'x-request-id': 'r-1' } }))
    const { log, hooks } = recorder()
    const connection = connectWith(server, hooks)
    await failure(connection.run(getItem, { item_id: 1 }))
    await failure(connection.run(createItem, { name: '' }))
    const results = log.filter(({ hook }) => hook === 'onResult').map(({ event }) => event)
    expect(results).toMatchObject([
      { action: 'items.get', code: 'NOT_FOUND', outcome: 'rejected', attempts: 1, requestId: 'r-1' },
      { action: 'items.create', code: 'INPUT_INVALID', outcome: 'not_sent', attempts: 0 },
    ])
    expect(results[1]).not.toHaveProperty('requestId')
    // Begun before its input was found wrong.
    expect(log.filter(({ hook }) => hook === 'onCall')).toHaveLength(2)
  })

  it('tell which request an answer that drifts came with', async () => {
    const server = await serve(json({ id: 'x' }, { headers: { 'x-request-id': 'r-1' } }))
    const { log, hooks } = recorder()
    await failure(connectWith(server, { drift: 'error', ...hooks }).run(getItem, { item_id: 1 }))
    expect(log.at(-1)?.event).toMatchObject({ code: 'REPLY_DRIFTED', attempts: 1, requestId: 'r-1' })
  })

  it('tell calls apart, of all the connections that share a hook', async () => {
    const server = await serve(json(item))
    const { log, hooks } = recorder()
    const connections = [connectWith(server, hooks), connectWith(server, hooks)]
    const calls = connections.flatMap((each) => [
      each.run(getItem, { item_id: 1 }),
      each.run(getItem, { item_id: 2 }),
    ])
    await Promise.all(calls)
    const results = log.filter(({ hook }) => hook === 'onResult')
    expect(new Set(results.map(({ event }) => event['callId'])).size).toBe(4)
  })

  it('S03 hold no secret', async () => {
    const secrets = ['test-token-1', 'test-token-2', 'test-refresh-1', 'test-refresh-2', 'test-client-secret']
    const server = await serve(({ url }) =>
      url.startsWith('/token')
        ? Response.json({ access_token: secrets[1], refresh_token: secrets[3], token_type: 'bearer' })
        : Response.json({ id: 'drifts' }, { headers: { 'x-request-id': secrets.join(' ') } }),
    )
    const { log, hooks } = recorder()
    const authenticator = oauth2({
      tokenUrl: `${server.url}/token`,
      clientId: 'client',
      clientSecret: 'test-client-secret',
      accessToken: 'test-token-1',
      refreshToken: 'test-refresh-1',
      expiresAt: new Date(0),
    })
    await connectWith(server, { authenticator, ...hooks }).run(getItem, { item_id: 'test-token-2' })
    expect(log.map(({ hook }) => hook)).toEqual([
      'onCall',
      'onTokenRefresh',
      'onRequest',
      'onResponse',
      'onDrift',
      'onResult',
    ])
    expect(log[1]?.event).toMatchObject({ action: 'items.get', callId: log.at(-1)?.event['callId'] })
    const printed = JSON.stringify(log)
    // The first access token was never used, so the connection cannot know it.
    for (const secret of secrets.slice(1)) expect(printed).not.toContain(secret)
    expect(printed).toContain('[secret]')
  })

  it('S05 hold no key that travels in the query', async () => {
    const server = await serve(json(item))
    const { log, hooks } = recorder()
    const authenticator = apiKey({ key: 'test-token-1', query: 'key' })
    await connectWith(server, { authenticator, credentialsInQuery: true, ...hooks }).run(getItem, {
      item_id: 1,
    })
    expect(server.requests[0]?.url).toBe('/items/1?key=test-token-1')
    expect(JSON.stringify(log)).not.toContain('test-token-1')
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('logger down')
      },
    ],
    ['rejects', () => Promise.reject(new Error('logger down'))],
  ])('a hook that %s breaks nothing', async (_, hook) => {
    const unhandled: unknown[] = []
    const note = (reason: unknown) => unhandled.push(reason)
    process.on('unhandledRejection', note)
    const hooks = Object.fromEntries(hookNames.map((name) => [name, hook])) as ConnectionEvents
    const server = await serve(inTurn(status(503), json(item)))
    expect(await connectWith(server, hooks).run(getItem, { item_id: 1 })).toEqual(item)
    await new Promise(setImmediate)
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })
})
