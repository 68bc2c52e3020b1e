import { expect, it } from 'vitest'
import { connectWith } from '../../test/connect-with.ts'
import { getItem } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import { type Handler, json, serve } from '../../test/serve.ts'
import { clientCredentials, type ClientCredentialsOptions } from '../index.ts'

const hour = 3_600_000

async function setUp(
  options: Partial<ClientCredentialsOptions> = {},
  token?: Handler,
  api: Handler = json({ id: 1 }),
) {
  const clock = { now: Date.parse('2026-11-05T12:00:00Z') }
  let count = 0
  const mint: Handler = () => {
    count += 1
    return Response.json({ access_token: `test-access-${count}`, token_type: 'Bearer', expires_in: 3600 })
  }
  const server = await serve((request, wire) =>
    (request.url === '/token' ? (token ?? mint) : api)(request, wire),
  )
  const authenticator = clientCredentials({
    tokenUrl: `${server.url}/token`,
    clientId: 'client',
    clientSecret: 'test-client-secret',
    now: () => clock.now,
    ...options,
  })
  const connection = connectWith(server, { authenticator })
  const get = () => connection.run(getItem, { item_id: 1 })
  const at = (path: string) => server.requests.filter(({ url }) => url.startsWith(path))
  return { clock, get, tokenRequests: () => at('/token'), apiRequests: () => at('/items') }
}

it('gets a token with the first call, once for all, and again before it expires', async () => {
  const { clock, get, tokenRequests, apiRequests } = await setUp({ tokenParameters: { scope: 'items' } })
  await Promise.all(Array.from({ length: 50 }, get))
  expect(tokenRequests()).toHaveLength(1)
  expect(Object.fromEntries(new URLSearchParams(tokenRequests()[0]?.body))).toEqual({
    grant_type: 'client_credentials',
    client_id: 'client',
    client_secret: 'test-client-secret',
    scope: 'items',
  })
  clock.now += hour - 6 * 60_000
  await get()
  expect(tokenRequests()).toHaveLength(1)
  clock.now += 2 * 60_000
  await get()
  expect(tokenRequests()).toHaveLength(2)
  expect(apiRequests().at(-1)?.headers.get('authorization')).toBe('Bearer test-access-2')
})

it('says that the client is rejected, without its secret', async () => {
  const { get, apiRequests } = await setUp({}, () =>
    Response.json({ error: 'invalid_client' }, { status: 401 }),
  )
  const error = await failure(get())
  expect(error).toMatchObject({ code: 'AUTH_REJECTED', remoteCode: 'invalid_client', outcome: 'not_sent' })
  expect(JSON.stringify(error)).not.toContain('test-client-secret')
  expect(apiRequests()).toHaveLength(0)
})

it('T02 gets another token once after a 401, and then gives up', async () => {
  const { get, tokenRequests, apiRequests } = await setUp(
    {},
    undefined,
    () => new Response(null, { status: 401 }),
  )
  expect(await failure(get())).toMatchObject({ code: 'AUTH_REJECTED', attempts: 2 })
  expect(tokenRequests()).toHaveLength(2)
  expect(apiRequests()).toHaveLength(2)
})
