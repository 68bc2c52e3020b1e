import { describe, expect, it } from 'vitest'
import { connectWith } from '../../test/connect-with.ts'
import { createItem, ExampleConnector, getItem } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import { type Handler, inTurn, json, serve } from '../../test/serve.ts'
import { apiKey } from '../index.ts'

const read = { item_id: 1 }
const item = { id: 1, name: 'one' }
const redirect =
  (location: string, code = 302): Handler =>
  () =>
    new Response(null, { status: code, headers: { location } })

describe('baseUrl', () => {
  it.each([
    'http://api.example.com',
    'http://169.254.169.254',
    'http://127.0.0.1.example.com',
    'http://user:test-token-1@127.0.0.1',
    'https://user@api.example.com',
    'https://api.example.com?q=1',
    'https://api.example.com/#x',
    'ftp://api.example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '//api.example.com',
    'api.example.com',
    '',
  ])('X14 %j is refused at construction', async (baseUrl) => {
    const error = await failure(() => new ExampleConnector({ auth: { type: 'token', token: 'x' }, baseUrl }))
    expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID', outcome: 'not_sent' })
    expect(error.issues).toMatchObject([{ path: 'baseUrl' }])
    expect(JSON.stringify(error)).not.toContain('test-token-1')
  })

  it.each(['https://ghe.example.com/api/v3', 'http://localhost:1', 'http://127.0.0.9', 'http://[::1]:8080'])(
    '%s is accepted',
    (baseUrl) => {
      const connector = new ExampleConnector({ auth: { type: 'token', token: 'x' }, baseUrl })
      expect(connector.serviceName).toBe('example')
    },
  )

  it('may have a path, with or without a slash at its end', async () => {
    const server = await serve(json(item))
    await connectWith({ url: `${server.url}/api/v3` }).run(getItem, read)
    await connectWith({ url: `${server.url}/api/v3/` }).run(getItem, read)
    expect(server.requests.map(({ url }) => url)).toEqual(['/api/v3/items/1', '/api/v3/items/1'])
  })
})

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])('X11 %d on the same origin is followed for reads', async (code) => {
    const server = await serve(inTurn(redirect('/items/2', code), json(item)))
    expect(await connectWith(server).run(getItem, read)).toEqual(item)
    expect(server.requests).toMatchObject([{ url: '/items/1' }, { method: 'GET', url: '/items/2' }])
    expect(server.requests[1]?.headers.get('authorization')).toBe('Bearer test-token-1')
  })

  it.each([301, 302, 307, 308])('X11 %d does not send a write on', async (code) => {
    const server = await serve(inTurn(redirect('/items/2', code), json(item)))
    const error = await failure(connectWith(server).run(createItem, { name: 'x' }))
    expect(error).toMatchObject({
      name: 'RedirectBlockedError',
      code: 'REDIRECT_BLOCKED',
      status: code,
      outcome: 'rejected',
      attempts: 1,
    })
    expect(server.requests).toHaveLength(1)
  })

  it('X11 303 after a write leaves open whether it was applied', async () => {
    const server = await serve(redirect('/items/2', 303))
    const error = await failure(connectWith(server).run(createItem, { name: 'x' }))
    expect(error).toMatchObject({ name: 'RedirectBlockedError', outcome: 'unknown' })
    expect(server.requests).toHaveLength(1)
  })

  it.each([302, 307, 308])('X12 %d to another origin never brings the credential there', async (code) => {
    const other = await serve(json(item))
    const server = await serve(redirect(`${other.url}/items/1`, code))
    const authenticator = apiKey({ key: 'test-token-1', header: 'X-API-Key' })
    for (const connection of [connectWith(server), connectWith(server, { authenticator })]) {
      for (const call of [connection.run(getItem, read), connection.run(createItem, { name: 'x' })]) {
        expect(await failure(call)).toMatchObject({ name: 'RedirectBlockedError', attempts: 1 })
      }
    }
    expect(other.requests).toEqual([])
    expect(server.requests).toHaveLength(4)
  })

  it('X13 a loop ends', async () => {
    const server = await serve(redirect('/items/1'))
    const error = await failure(connectWith(server).run(getItem, read))
    expect(error).toMatchObject({ name: 'RedirectBlockedError' })
    expect(server.requests).toHaveLength(6)
  })

  it.each([
    ['user info', (url: string) => url.replace('://', '://user:password@')],
    ['another scheme', (url: string) => url.replace('http:', 'https:')],
    ['another port', () => 'http://127.0.0.1:1'],
    ['no host', () => 'http://'],
    ['a javascript URL', () => 'javascript:alert(1)'],
  ])('X13 a location with %s is blocked', async (_, change) => {
    const server = await serve((request, wire) => redirect(change(server.url))(request, wire))
    expect(await failure(connectWith(server).run(getItem, read))).toMatchObject({ code: 'REDIRECT_BLOCKED' })
    expect(server.requests).toHaveLength(1)
  })

  it('S06 a location that echoes the credential does not bring it into the error', async () => {
    const server = await serve(redirect('/login/test-token-1'))
    const error = await failure(connectWith(server).run(createItem, { name: 'x' }))
    expect(error.message).toContain('/login/[secret]')
  })
})
