import { expect, it } from 'vitest'
import { failure } from '../../../test/failure.ts'
import { expandUrl } from '../../index.ts'

it.each([
  ['https://{shop}.example.com/oauth/token', { shop: 'acme' }, 'https://acme.example.com/oauth/token'],
  ['https://{shop}.example.com/', { shop: 'ACME-2' }, 'https://acme-2.example.com/'],
  ['https://eu-{region}.example.com', { region: '1' }, 'https://eu-1.example.com/'],
  ['https://example.com/{tenant}/token', { tenant: 'a b/ü' }, 'https://example.com/a%20b%2F%C3%BC/token'],
  ['https://{a}.example.com/{b}', { a: 'x', b: '%2e%2e' }, 'https://x.example.com/%252e%252e'],
  ['https://example.com/token', {}, 'https://example.com/token'],
  ['http://127.0.0.1:8080/{tenant}', { tenant: 'x' }, 'http://127.0.0.1:8080/x'],
])('%s with %j is %s', (template, variables, expected) => {
  expect(expandUrl(template, variables)).toBe(expected)
})

const host = 'https://{shop}.example.com/token'
const path = 'https://example.com/{shop}/token'

it.each<[string, Record<string, unknown>]>([
  ...['', 'a.b', 'evil.com/', 'a@b', 'a:1', '-a', 'a-', 'a#', 'a?', 'ä', '{shop}', 'a b', 'x'.repeat(64)].map(
    (shop): [string, Record<string, unknown>] => [host, { shop }],
  ),
  ...['', '.', '..', '\u0000', 'a\u202eb', '\ud800'].map((shop): [string, Record<string, unknown>] => [
    path,
    { shop },
  ]),
  [host, {}],
  [host, { shop: 7 }],
  [host, { shop: 'acme', shopp: 'acme' }],
  ['https://{shop}', { shop: '0x7f000001' }],
  ['{shop}://example.com', { shop: 'https' }],
  ['https://example.com:{shop}/', { shop: '00443' }],
  ['http://{shop}.example.com/', { shop: 'acme' }],
  ['https://example.com/?a={shop}', { shop: 'acme' }],
  ['https://example.com/.{shop}', { shop: '.' }],
  [host, Object.create({ shop: 'acme' }) as Record<string, unknown>],
])('%s with %j is refused without the value', async (template, variables) => {
  const error = await failure(() => expandUrl(template, variables as Record<string, string>))
  expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID' })
  const value = variables['shop']
  if (typeof value === 'string' && value.length > 3 && value !== '{shop}')
    expect(`${error.message}${error.hint}`).not.toContain(value)
})

it('names the variable', async () => {
  expect((await failure(() => expandUrl(host, { shop: 'a.b' }))).message).toContain('shop')
  expect((await failure(() => expandUrl(host, {}))).message).toContain('shop')
  expect((await failure(() => expandUrl(host, { shop: 'a', tenant: 'b' }))).message).toContain('tenant')
})
