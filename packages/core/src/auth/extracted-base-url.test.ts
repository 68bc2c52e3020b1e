import { describe, expect, it } from 'vitest'
import { connectWith } from '../../test/connect-with.ts'
import { getItem, listItems } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import {
  type Handler,
  inTurn,
  json,
  type Received,
  serve,
  status,
  type TestServer,
} from '../../test/serve.ts'
import { account, storedService } from '../../test/stored-world.ts'
import {
  clientCredentials,
  connect,
  defineService,
  memoryStore,
  oauth2,
  type OAuth2Options,
  type OAuth2Tokens,
  saveCredential,
} from '../index.ts'
import { allowedBaseUrl } from './extracted-base-url.ts'

const item = { id: 1 }
const hostOf = ({ url }: TestServer) => new URL(url).host
const tokens = { access_token: 'test-access-2', refresh_token: 'test-refresh-2', token_type: 'bearer' }

/** A login server, whose token reply names another server for the calls. */
async function setUp(
  { instance_url, options = {} }: { instance_url?: unknown; options?: Partial<OAuth2Options> } = {},
  api: Handler = json(item),
) {
  const instance = await serve(api)
  const reply = { ...tokens, instance_url: instance_url ?? `${instance.url}/inner` }
  const login = await serve(inTurn(json(reply), json(tokens)))
  const clock = { now: Date.parse('2026-11-05T12:00:00Z') }
  const handed: OAuth2Tokens[] = []
  const authenticator = oauth2({
    tokenUrl: `${login.url}/token`,
    clientId: 'client',
    refreshToken: 'test-refresh-1',
    extract: { baseUrl: 'instance_url', allowedHosts: [hostOf(instance)] },
    onTokens: (given) => void handed.push(given),
    now: () => clock.now,
    ...options,
  })
  const connection = connectWith(
    { url: login.url },
    { authenticator, baseUrl: `${login.url}/base/`, origins: [login.url] },
  )
  return { instance, login, connection, handed, authenticator }
}

const paths = ({ requests }: TestServer) => requests.map(({ url }: Received) => url)

describe('a base URL out of the token reply', () => {
  it('is where the calls go, with the path below the configured one and the query', async () => {
    const { instance, login, connection, handed } = await setUp(undefined, json([item]))
    await connection.run(getItem, { item_id: 1 })
    await connection.run(listItems)
    expect(paths(login)).toEqual(['/token'])
    expect(paths(instance)).toEqual(['/inner/items/1', '/inner/items?state=open&per_page=2'])
    expect(instance.requests[0]?.headers.get('authorization')).toBe('Bearer test-access-2')
    expect(handed).toMatchObject([{ baseUrl: `${instance.url}/inner` }])
  })

  it('is asked for where a stored access token came without one', async () => {
    const instance = await serve(json(item))
    const login = await serve(json({ ...tokens, instance_url: instance.url }))
    const service = defineService({
      ...storedService,
      authenticate: ({ type, ...config }, { tokenKeeper }) =>
        oauth2({
          ...(type === 'oauth' ? config : {}),
          tokenUrl: `${login.url}/token`,
          extract: { baseUrl: 'instance_url', allowedHosts: [hostOf(instance)] },
          tokenKeeper,
        }),
    })
    const store = memoryStore()
    const auth = {
      type: 'oauth',
      clientId: 'client',
      clientSecret: 'test-client-secret',
      accessToken: 'test-access-1',
      refreshToken: 'test-refresh-1',
    } as const
    await saveCredential(store, service, { account, auth, baseUrl: login.url })
    const stored = { type: 'stored', store, account } as const
    for (let process = 0; process < 2; process++) {
      const connection = connect(service, { auth: stored, baseUrl: login.url })
      expect(await connection.run(getItem, { item_id: 1 })).toEqual(item)
    }
    expect(paths(login)).toEqual(['/token'])
    expect(paths(instance)).toEqual(['/items/1', '/items/1'])
  })

  it('survives a renewal that does not repeat it', async () => {
    const api = inTurn(json(item), status(401), json(item))
    const { instance, login, connection, handed } = await setUp(undefined, api)
    await connection.run(getItem, { item_id: 1 })
    await connection.run(getItem, { item_id: 2 })
    expect(paths(login)).toEqual(['/token', '/token'])
    expect(paths(instance)).toEqual(['/inner/items/1', '/inner/items/2', '/inner/items/2'])
    expect(handed.at(-1)?.baseUrl).toBe(`${instance.url}/inner`)
  })

  it('holds for a walk over pages, and its links may not leave it', async () => {
    let link = ''
    const { instance, connection } = await setUp(undefined, ({ url }) =>
      Response.json([item], url.includes('&page=2') ? {} : { headers: { link } }),
    )
    link = `<${instance.url}/inner/items?state=open&page=2>; rel="next"`
    const found: unknown[] = []
    for await (const each of connection.run(listItems)) found.push(each)
    expect(found).toHaveLength(2)
    expect(paths(instance)[1]).toContain('&page=2')
    link = '<https://api.example.com/items?page=2>; rel="next"'
    expect(await failure(connection.run(listItems))).toMatchObject({ code: 'REPLY_INVALID' })
  })

  it('holds for redirects on its own origin, and for no other', async () => {
    const other = await serve(json(item))
    const api: Handler = ({ url }) =>
      url.endsWith('/items/1')
        ? new Response(null, { status: 302, headers: { location: '/moved' } })
        : url.endsWith('/items/2')
          ? new Response(null, { status: 302, headers: { location: other.url } })
          : Response.json(item)
    const { instance, connection } = await setUp(undefined, api)
    expect(await connection.run(getItem, { item_id: 1 })).toEqual(item)
    expect(paths(instance)).toEqual(['/inner/items/1', '/moved'])
    expect(await failure(connection.run(getItem, { item_id: 2 }))).toMatchObject({ code: 'REDIRECT_BLOCKED' })
    expect(other.requests).toEqual([])
  })

  it.each([
    ['another host', 'https://evil.example.com'],
    ['plain http', 'http://acme.my.example.com'],
    ['user info', 'https://user:pass@acme.my.example.com'],
    ['a query', 'https://acme.my.example.com/?a=1'],
    ['no URL', 'acme'],
    ['no text', 7],
    ['null', null],
  ])('X12 with %s is ProtocolError, and its tokens are not used', async (_, instance_url) => {
    const options = { extract: { baseUrl: 'instance_url', allowedHosts: ['*.my.example.com'] } }
    const { instance, login, connection, handed } = await setUp({ instance_url: instance_url ?? '', options })
    const error = await failure(connection.run(getItem, { item_id: 1 }))
    expect(error).toMatchObject({
      name: 'ProtocolError',
      code: 'REPLY_INVALID',
      issues: [{ path: 'instance_url' }],
    })
    expect(handed).toEqual([])
    expect(paths(login)).toEqual(['/token'])
    expect(instance.requests).toEqual([])
  })

  it('may be given with the access token; without, the service is asked for both', async () => {
    const withIt = await setUp({ options: { accessToken: 'test-access-1' } })
    await withIt.connection.run(getItem, { item_id: 1 })
    expect(paths(withIt.login)).toEqual(['/token'])
    const instance = await serve(json(item))
    const given = { accessToken: 'test-access-1', baseUrl: instance.url }
    const { connection, login } = await setUp({ options: given })
    await connection.run(getItem, { item_id: 1 })
    expect(paths(instance)).toEqual(['/items/1'])
    expect(login.requests).toEqual([])
  })

  it.each(['acme', 'http://api.example.com', 'https://user@api.example.com'])(
    'is refused as %s before anything is sent',
    async (baseUrl) => {
      const options = { accessToken: 'test-access-1', refreshToken: undefined, baseUrl }
      const { connection, login } = await setUp({ options })
      const error = await failure(connection.run(getItem, { item_id: 1 }))
      expect(error).toMatchObject({ name: 'ConfigError', issues: [{ path: 'baseUrl' }] })
      expect(login.requests).toEqual([])
    },
  )

  it('works for client credentials too', async () => {
    const instance = await serve(json(item))
    const login = await serve(json({ ...tokens, instance_url: instance.url }))
    const authenticator = clientCredentials({
      tokenUrl: `${login.url}/token`,
      clientId: 'client',
      clientSecret: 'test-client-secret',
      extract: { baseUrl: 'instance_url', allowedHosts: [hostOf(instance)] },
    })
    await connectWith(login, { authenticator }).run(getItem, { item_id: 1 })
    expect(paths(instance)).toEqual(['/items/1'])
  })
})

it.each([
  ['https://acme.my.example.com/', 'https://acme.my.example.com'],
  ['https://a--b.sandbox.my.example.com', 'https://a--b.sandbox.my.example.com'],
  ['https://ACME.my.example.com', 'https://acme.my.example.com'],
  ['https://exact.example.org/x/', 'https://exact.example.org/x'],
  ['https://my.example.com', undefined],
  ['https://evilmy.example.com', undefined],
  ['https://acme.my.example.com.evil.com', undefined],
  ['https://acme.my.example.com:8443', undefined],
  ['https://sub.exact.example.org', undefined],
  ['http://acme.my.example.com', undefined],
])('%s is allowed as %s', (value, expected) => {
  expect(allowedBaseUrl(value, ['*.my.example.com', 'exact.example.org'])).toBe(expected)
})
