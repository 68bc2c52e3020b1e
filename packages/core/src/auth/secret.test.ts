import { inspect } from 'node:util'
import { serialize } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { connectWith, token } from '../../test/connect-with.ts'
import { ExampleConnector } from '../../test/example-service.ts'
import { apiKey, basic, bearer, oauth2, Secret } from '../index.ts'

const value = 'test-token-1'
const secret = new Secret(value)

describe('S01 a Secret shows [secret]', () => {
  it.each([
    ['in a template string', () => `secret: ${secret as unknown as string}`],
    ['as a string', () => String(secret)],
    ['joined', () => [secret].join()],
    ['in JSON', () => JSON.stringify({ nested: [{ secret }] })],
    ['inspected', () => inspect(secret)],
    ['inspected in depth', () => inspect({ a: [{ secret }] }, { depth: null, showHidden: true })],
    ['in the message of an error', () => inspect(new Error(`bad ${secret as unknown as string}`))],
    ['as the property of an error', () => inspect(Object.assign(new Error('bad'), { secret }))],
  ])('%s', (_, print) => {
    expect(print()).toContain('[secret]')
    expect(print()).not.toContain(value)
  })

  it.each([
    ['inspected past its own printing', () => inspect(secret, { customInspect: false, showHidden: true })],
    ['cloned', () => inspect(structuredClone({ secret }), { showHidden: true })],
    ['serialized', () => serialize({ secret }).toString('latin1')],
    ['spread', () => JSON.stringify(Object.assign({}, secret))],
    ['with its properties listed', () => Reflect.ownKeys(secret).join()],
    ['as the cause of an error', () => inspect(new Error('bad', { cause: secret }))],
  ])('or nothing at all, %s', (_, print) => {
    expect(print()).not.toContain(value)
  })

  it('and is revealed only on demand', () => {
    expect(secret.reveal()).toBe(value)
  })
})

describe('S02 what holds a credential does not show it', () => {
  const connectTo = { url: 'https://api.example.com' }
  const holders = {
    bearer: bearer({ token: value }),
    apiKey: apiKey({ key: value, header: 'x-api-key' }),
    basic: basic({ username: value, password: value }),
    oauth2: oauth2({ tokenUrl: 'https://example.com', accessToken: value, refreshToken: value }),
    connection: connectWith(connectTo),
    connector: new ExampleConnector({ auth: { type: 'token', token: value } }),
  }
  it.each(Object.entries(holders))('%s', async (_, holder) => {
    expect(token).toBe(value)
    const seen = [
      inspect(holder, { depth: 20, showHidden: true }),
      inspect(holder, { depth: 20, showHidden: true, customInspect: false }),
      JSON.stringify(holder),
    ].join('\n')
    expect(seen).not.toContain(value)
  })

  it('the authorization of a request', async () => {
    const context = {
      sendTokenRequest: () => Promise.reject(new Error('unexpected')),
      onTokenRefresh: () => undefined,
      protect: () => undefined,
    }
    for (const authenticator of [holders.bearer, holders.apiKey, holders.basic, holders.oauth2]) {
      const authorization = await authenticator.authorize(context)
      const seen = inspect(authorization, { depth: 20, showHidden: true }) + JSON.stringify(authorization)
      expect(seen).not.toContain(value)
      expect(seen).not.toContain(Buffer.from(value).toString('base64').slice(0, 12))
    }
  })
})
