import { ConfigError } from '@agent/core'
import { describe, expect, test } from 'vitest'
import { HubspotConnector, hubspotAuthFromEnv } from '../src/index.ts'
import { failure, oauth, serviceKey } from './start.ts'

type Options = ConstructorParameters<typeof HubspotConnector>[0]

const secret = 'test-value-that-must-not-show'

describe('a wrong auth config names the field, never the value', () => {
  test.each([
    ['type', { type: secret, key: secret }],
    ['type', { key: secret }],
    ['key', { type: 'serviceKey', key: '' }],
    ['key', { type: 'serviceKey', key: { secret } }],
    ['token', { type: 'serviceKey', key: secret, token: secret }],
    ['accessToken', { type: 'privateApp', token: secret }],
    ['refreshToken', { ...oauth, refreshToken: undefined, accessToken: secret }],
    ['clientSecret', { ...oauth, clientSecret: '' }],
    ['clientId', { ...oauth, clientId: 7 }],
    ['expiresAt', { ...oauth, expiresAt: secret }],
    ['onTokens', { ...oauth, onTokens: secret }],
    ['scope', { type: 'clientCredentials', clientId: '7', clientSecret: secret }],
    ['clientSecret', { type: 'clientCredentials', clientId: '7', scope: secret }],
  ])('%s of %j', (field, auth) => {
    let error: unknown
    try {
      new HubspotConnector({ auth } as unknown as Options)
    } catch (thrown) {
      error = thrown
    }
    expect(ConfigError.isInstance(error)).toBe(true)
    const { code, outcome, issues, message, stack } = error as ConfigError
    expect({ code, outcome }).toEqual({ code: 'CONFIG_INVALID', outcome: 'not_sent' })
    expect(issues?.map(({ path }) => path)).toContain(field)
    expect(`${message} ${stack} ${JSON.stringify(error)}`).not.toContain(secret)
  })
})

test('a key that no header can carry is refused by its field, before anything is sent', async () => {
  const sent: unknown[] = []
  const connector = new HubspotConnector({
    auth: { type: 'serviceKey', key: `${secret}\n` },
    fetch: async (request) => {
      sent.push(request)
      return new Response()
    },
  })
  const error = await failure(connector.contacts.list())
  expect(error).toMatchObject({ code: 'CONFIG_INVALID', issues: [{ path: 'key' }] })
  expect(JSON.stringify(error)).not.toContain(secret)
  expect(sent).toEqual([])
})

describe('base URL', () => {
  const urlsSentTo = async (baseUrl?: string) => {
    const urls: string[] = []
    const connector = new HubspotConnector({
      auth: oauth,
      ...(baseUrl !== undefined && { baseUrl }),
      fetch: async ({ url }) => {
        urls.push(url)
        const isToken = url.endsWith('/token')
        return Response.json(
          isToken
            ? { access_token: 'test-token-1', token_type: 'bearer', expires_in: 1800 }
            : { results: [] },
        )
      },
    })
    await connector.contacts.list({ properties: ['email'] })
    return urls
  }

  test('is the public API unless told, with the token endpoint beside it', async () => {
    expect(await urlsSentTo()).toEqual([
      'https://api.hubapi.com/oauth/2026-03/token',
      'https://api.hubapi.com/crm/objects/2026-09/contacts?properties=email&limit=10',
    ])
  })

  test('may be another, whose origin has the token endpoint', async () => {
    expect(await urlsSentTo('https://proxy.example/hubspot/')).toEqual([
      'https://proxy.example/oauth/2026-03/token',
      'https://proxy.example/hubspot/crm/objects/2026-09/contacts?properties=email&limit=10',
    ])
  })

  test.each(['http://api.hubapi.com', 'not a url'])('is refused as %j', (baseUrl) => {
    expect(() => new HubspotConnector({ auth: serviceKey, baseUrl })).toThrow(ConfigError)
  })
})

describe('auth from an environment', () => {
  const client = { HUBSPOT_CLIENT_ID: 'a', HUBSPOT_CLIENT_SECRET: 'b', HUBSPOT_REFRESH_TOKEN: 'c' }

  test.each([
    [{ HUBSPOT_SERVICE_KEY: 'k' }, { type: 'serviceKey', key: 'k' }],
    [{ HUBSPOT_PRIVATE_APP_TOKEN: 't' }, { type: 'privateApp', accessToken: 't' }],
    [client, { type: 'oauth', clientId: 'a', clientSecret: 'b', refreshToken: 'c' }],
    [
      { ...client, HUBSPOT_ACCESS_TOKEN: 'd', HUBSPOT_SERVICE_KEY: '' },
      { type: 'oauth', clientId: 'a', clientSecret: 'b', refreshToken: 'c', accessToken: 'd' },
    ],
    [
      { ...client, HUBSPOT_SERVICE_KEY: 'k' },
      { type: 'serviceKey', key: 'k' },
    ],
    [
      { ...client, HUBSPOT_REFRESH_TOKEN: '', HUBSPOT_SCOPE: 'x y' },
      { type: 'clientCredentials', clientId: 'a', clientSecret: 'b', scope: 'x y' },
    ],
  ])('%j', (environment, auth) => {
    expect(hubspotAuthFromEnv(environment)).toEqual(auth)
    expect(() => new HubspotConnector({ auth: hubspotAuthFromEnv(environment) })).not.toThrow()
  })

  test.each([
    [{}, 'HUBSPOT_SERVICE_KEY, or HUBSPOT_PRIVATE_APP_TOKEN, or HUBSPOT_CLIENT_ID'],
    [{ HUBSPOT_CLIENT_ID: secret }, 'HUBSPOT_CLIENT_SECRET and HUBSPOT_REFRESH_TOKEN is not set'],
  ])('what is missing in %j is named', (environment, sentence) => {
    expect(() => hubspotAuthFromEnv(environment)).toThrow(sentence)
    expect(() => hubspotAuthFromEnv(environment)).not.toThrow(secret)
  })
})
