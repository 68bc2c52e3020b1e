import { describe, expect, test } from 'vitest'
import { hubspotLogin } from '@agent/hubspot/login'
import { HubspotConnector } from '../../src/index.ts'
import { oauth } from '../start.ts'

describe('endpoints', () => {
  test.each([
    ['https://api.hubapi.com', 'https://app.hubspot.com', 'https://api.hubapi.com'],
    ['https://api-eu1.hubapi.com', 'https://app.hubspot.com', 'https://api-eu1.hubapi.com'],
    ['https://hubspot.example.com/proxy', 'https://hubspot.example.com', 'https://hubspot.example.com'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['https://api.hubapi.com.example.com', 'https://api.hubapi.com.example.com', undefined],
  ])('of %s', (baseUrl, page, api = page) => {
    expect(hubspotLogin.endpoints(new URL(baseUrl))).toEqual({
      authorizationUrl: `${page}/oauth/authorize`,
      tokenUrl: `${api}/oauth/2026-03/token`,
    })
  })
})

test.each([
  ['crm.objects.deals.read', 'crm.objects.deals.read', true],
  ['tickets', 'crm.objects.tickets.read', true],
  ['tickets', 'crm.objects.tickets.write', true],
  ['tickets', 'crm.objects.deals.read', false],
  ['crm.objects.deals.write', 'crm.objects.deals.read', false],
  ['crm.objects.tickets.read', 'tickets', false],
])('the scope %s includes %s: %j', (granted, needed, expected) => {
  expect(hubspotLogin.includesScope(granted, needed)).toBe(expected)
})

test('an auth config is made of what a login brought', () => {
  const { clientId, clientSecret, refreshToken } = oauth
  const tokens = { accessToken: 'test-access-token', refreshToken, expiresAt: new Date(1) }
  const auth = hubspotLogin.authOf({ clientId, clientSecret }, tokens)
  expect(auth).toEqual({ ...oauth, accessToken: 'test-access-token', expiresAt: new Date(1) })
  expect(() => new HubspotConnector({ auth: hubspotLogin.authOf({ clientId }, tokens) })).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', issues: [{ path: 'clientSecret' }].map(anyOf) }),
  )
})

const anyOf = (issue: object) => expect.objectContaining(issue) as unknown

test('what can be pasted is what a connector takes', () => {
  expect(hubspotLogin.pasted.map(({ type }) => type)).toEqual(['serviceKey', 'privateApp'])
  for (const { type, field } of hubspotLogin.pasted) {
    const auth = { type, [field]: 'test-token-1' } as never
    expect(new HubspotConnector({ auth }).entities().length).toBeGreaterThan(0)
  }
})
