import { describe, expect, it } from 'vitest'
import { connectWith } from '../../test/connect-with.ts'
import { createItem, getItem } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import { inTurn, json, serve, status } from '../../test/serve.ts'
import { apiKey, type Authenticator, authFromEnv, basic, bearer, Secret } from '../index.ts'

const item = { id: 1, name: 'one' }

async function sent(authenticator: Authenticator, header = 'authorization') {
  const server = await serve(json(item))
  await connectWith(server, { authenticator }).run(getItem, { item_id: 1 })
  return server.requests[0]?.headers.get(header)
}

const decoded = (header: string | null | undefined) =>
  Buffer.from(/^Basic (.+)$/.exec(header ?? '')?.[1] ?? '', 'base64').toString('utf8')

describe('bearer', () => {
  it('sends the token, from a value, a Secret or a function', async () => {
    for (const token of ['t-1', new Secret('t-1'), () => 't-1', async () => new Secret('t-1')]) {
      expect(await sent(bearer({ token }))).toBe('Bearer t-1')
    }
  })

  it('takes another scheme', async () => {
    expect(await sent(bearer({ token: 't-1', scheme: 'token' }))).toBe('token t-1')
  })

  it('T33 takes a long token with dots', async () => {
    const token = `test.${'x'.repeat(500)}.${'y'.repeat(500)}`
    expect(await sent(bearer({ token }))).toBe(`Bearer ${token}`)
  })

  it.each(['test\r\nx-evil: 1', 'test\n', 'test\u00e9', 'test\u200b', 'test\0', ' test', 'test '])(
    'X17 refuses %j without sending or showing it',
    async (token) => {
      const server = await serve(json(item))
      const connection = connectWith(server, { authenticator: bearer({ token }) })
      const error = await failure(connection.run(getItem, { item_id: 1 }))
      expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID', outcome: 'not_sent' })
      expect(error.message).toContain('token')
      expect(JSON.stringify(error)).not.toContain('test')
      expect(server.requests).toHaveLength(0)
    },
  )

  it.each([
    ['nothing', () => ''],
    ['no text', () => undefined as never],
    [
      'an exception',
      () => {
        throw new Error('vault test-token-1 sealed')
      },
    ],
    ['a rejection', () => Promise.reject(new Error('vault test-token-1 sealed'))],
  ])('refuses a function that gives %s', async (_, token) => {
    const server = await serve(json(item))
    const error = await failure(
      connectWith(server, { authenticator: bearer({ token }) }).run(getItem, { item_id: 1 }),
    )
    expect(error).toMatchObject({ name: 'ConfigError', outcome: 'not_sent' })
    expect(`${JSON.stringify(error)}${error.stack ?? ''}`).not.toContain('test-token-1')
    expect(server.requests).toHaveLength(0)
  })
})

describe('a function credential', () => {
  it('T38 is read for every request', async () => {
    const server = await serve(json(item))
    let current = 'test-token-1'
    const connection = connectWith(server, { authenticator: bearer({ token: () => current }) })
    await connection.run(getItem, { item_id: 1 })
    current = 'test-token-2'
    await connection.run(getItem, { item_id: 1 })
    expect(server.requests.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer test-token-1',
      'Bearer test-token-2',
    ])
  })

  it('is read again after a 401, and the request sent once more with the new value', async () => {
    const tokens = ['test-token-1', 'test-token-2']
    let current = 0
    const server = await serve(({ headers }) => {
      if (headers.get('authorization') === 'Bearer test-token-2') return Response.json(item)
      current = 1
      return new Response(null, { status: 401 })
    })
    const connection = connectWith(server, { authenticator: bearer({ token: () => tokens[current] ?? '' }) })
    expect(await connection.run(createItem, { name: 'x' })).toEqual(item)
    expect(server.requests).toHaveLength(2)
  })

  it('that still gives the same value is not sent again', async () => {
    const server = await serve(status(401))
    const connection = connectWith(server, { authenticator: bearer({ token: () => 'test-token-1' }) })
    const error = await failure(connection.run(getItem, { item_id: 1 }))
    expect(error).toMatchObject({ name: 'AuthRejectedError', code: 'AUTH_REJECTED', outcome: 'rejected' })
    expect(server.requests).toHaveLength(1)
  })

  it('T36 that gives another value each time is sent again once', async () => {
    const server = await serve(status(401))
    let count = 0
    const authenticator = bearer({ token: () => `test-token-${count++}` })
    const error = await failure(connectWith(server, { authenticator }).run(getItem, { item_id: 1 }))
    expect(error.name).toBe('AuthRejectedError')
    expect(server.requests).toHaveLength(2)
  })
})

it('T36 a constant credential is not sent again after a 401', async () => {
  const server = await serve(inTurn(status(401), json(item)))
  expect(await failure(connectWith(server).run(getItem, { item_id: 1 }))).toMatchObject({
    name: 'AuthRejectedError',
    attempts: 1,
  })
  expect(server.requests).toHaveLength(1)
})

describe('apiKey', () => {
  it('goes in a header, whole or in a template', async () => {
    expect(await sent(apiKey({ key: 'k-1', header: 'X-API-Key' }), 'x-api-key')).toBe('k-1')
    const template = 'Token token={key}, again={key}'
    expect(await sent(apiKey({ key: 'k$&1', header: 'Authorization', template }))).toBe(
      'Token token=k$&1, again=k$&1',
    )
  })

  it('refuses a template without its place', async () => {
    const error = await failure(() => apiKey({ key: 'test-token-1', header: 'x', template: 'Token' }))
    expect(error).toMatchObject({ name: 'ConfigError' })
    expect(JSON.stringify(error)).not.toContain('test-token-1')
  })

  it('refuses a line break', async () => {
    expect(await failure(sent(apiKey({ key: 'test\r\n', header: 'x' })))).toMatchObject({
      name: 'ConfigError',
    })
  })

  it('S05 goes in the query only where the service declares it, encoded', async () => {
    const server = await serve(json(item))
    const authenticator = apiKey({ key: 'k 1&x=2', query: 'api_key' })
    const error = await failure(connectWith(server, { authenticator }).run(getItem, { item_id: 1 }))
    expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID', outcome: 'not_sent' })
    expect(server.requests).toHaveLength(0)

    await connectWith(server, { authenticator, credentialsInQuery: true }).run(getItem, { item_id: 1 })
    expect(server.requests[0]?.url).toBe('/items/1?api_key=k+1%26x%3D2')
  })
})

describe('basic', () => {
  it.each([
    ['plain', { username: 'user', password: 'pass:word' }, 'user:pass:word'],
    ['UTF-8', { username: 'jürgen', password: '秘密🔑' }, 'jürgen:秘密🔑'],
    ['a constant password', { username: 'k-1', password: 'x' }, 'k-1:x'],
    ['no password', { username: 'k-1', password: '' }, 'k-1:'],
    ['a composite', { username: ['me@example.com', '/token'], password: 'k-1' }, 'me@example.com/token:k-1'],
    [
      'functions and Secrets',
      { username: () => 'user', password: [new Secret('a'), async () => 'b'] },
      'user:ab',
    ],
    ['more than ten parts', { username: 'user', password: Array.from('abcdefghijkl') }, 'user:abcdefghijkl'],
  ])('encodes %s', async (_, options, expected) => {
    expect(decoded(await sent(basic(options)))).toBe(expected)
  })

  it('refuses a colon in the user name, naming the field and not the value', async () => {
    const error = await failure(sent(basic({ username: 'test:name', password: 'x' })))
    expect(error).toMatchObject({ name: 'ConfigError', outcome: 'not_sent' })
    expect(error.message).toContain('username')
    expect(JSON.stringify(error)).not.toContain('test')
  })

  it('names the field of a function that gives nothing', async () => {
    const error = await failure(sent(basic({ username: 'user', password: () => '' })))
    expect(error.issues).toMatchObject([{ path: 'password' }])
  })
})

describe('authFromEnv', () => {
  const kinds = [
    {
      required: { token: 'EXAMPLE_TOKEN' },
      optional: { user: 'EXAMPLE_USER' },
      build: (values: Readonly<Record<string, string>>) => ({ type: 'token', ...values }),
    },
    {
      required: { id: 'EXAMPLE_ID', secret: 'EXAMPLE_SECRET' },
      build: (values: Readonly<Record<string, string>>) => ({ type: 'client', ...values }),
    },
  ]
  const read = (environment: Record<string, string | undefined>) =>
    authFromEnv<Record<string, string>>('Example', environment, kinds)

  it('builds the first kind that is complete, trimmed, with what is optional', () => {
    expect(read({ EXAMPLE_TOKEN: ' t-1\n' })).toEqual({ type: 'token', token: 't-1' })
    expect(read({ EXAMPLE_TOKEN: 't-1', EXAMPLE_USER: 'me', OTHER: 'x' })).toEqual({
      type: 'token',
      token: 't-1',
      user: 'me',
    })
    expect(read({ EXAMPLE_TOKEN: '', EXAMPLE_ID: 'i', EXAMPLE_SECRET: 's' })).toEqual({
      type: 'client',
      id: 'i',
      secret: 's',
    })
  })

  it('names the variables that are missing of the kind that was begun', async () => {
    const error = await failure(() => read({ EXAMPLE_ID: 'test-id-1', EXAMPLE_SECRET: '  ' }))
    expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID' })
    expect(error.message).toContain('EXAMPLE_SECRET')
    expect(error.message).not.toContain('EXAMPLE_TOKEN')
    expect(JSON.stringify(error)).not.toContain('test-id-1')
  })

  it('names every way where none was begun', async () => {
    const { hint } = await failure(() => read({}))
    expect(hint).toContain('EXAMPLE_TOKEN, or EXAMPLE_ID and EXAMPLE_SECRET')
  })
})
