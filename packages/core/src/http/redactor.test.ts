import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { connectWith } from '../../test/connect-with.ts'
import { createItem, getItem } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import { serve } from '../../test/serve.ts'
import { basic, bearer, defineAction, path, Secret } from '../index.ts'
import { Redactor } from './redactor.ts'

const awkward = 'test+token/1 "quoted" %>?'

/** An action whose answer has names of the service's choice. */
const tagged = defineAction({
  name: 'items.tags',
  summary: 'Get tags.',
  effect: 'read',
  permissions: { scopes: [] },
  source: 'https://example.com/docs',
  input: () => z.strictObject({}),
  output: () => z.object({ tags: z.record(z.string(), z.string()) }),
  request: () => ({ method: 'GET', path: path`/tags` }),
})

const forms = (value: string) => [
  value,
  encodeURIComponent(value),
  JSON.stringify(value).slice(1, -1),
  Buffer.from(value).toString('base64'),
  Buffer.from(value).toString('base64url'),
]

describe('S01 an error', () => {
  it.each([401, 422, 500])('holds no credential that the service echoes with %d', async (code) => {
    const server = await serve(({ headers }) => {
      const sent = headers.get('authorization')
      return Response.json(
        { message: `no good: ${sent} ${forms(awkward).join(' ')}`, code: `E-${awkward}` },
        { status: code, headers: { 'x-request-id': awkward, 'www-authenticate': sent ?? '' } },
      )
    })
    const connection = connectWith(server, { authenticator: bearer({ token: awkward }), maxAttempts: 1 })
    for (const call of [connection.run(getItem, { item_id: 1 }), connection.run(createItem, { name: 'x' })]) {
      const error = await failure(call)
      expect(error.message).toContain('no good: Bearer [secret]')
      const seen = [
        error.message,
        error.stack,
        String(error),
        JSON.stringify(error),
        inspect(error, { depth: 20, showHidden: true }),
        inspect(error, { depth: 20, showHidden: true, customInspect: false }),
        inspect(structuredClone(error), { showHidden: true }),
      ].join('\n')
      for (const form of forms(awkward)) expect(seen).not.toContain(form)
    }
  })

  it('holds no Basic credential without its scheme', async () => {
    const server = await serve(({ headers }) => {
      const message = `Bad: ${headers.get('authorization')?.slice('Basic '.length)}`
      return Response.json({ message }, { status: 400 })
    })
    const authenticator = basic({ username: 'someone', password: 'test-password' })
    const error = await failure(connectWith(server, { authenticator }).run(getItem, { item_id: 1 }))
    expect(error.message).toContain('Bad: [secret]')
  })
})

it('S06 no event holds a credential that the service echoes as a rate limit, or as a name in its answer', async () => {
  const long = `test-token-${'x'.repeat(80)}`
  const server = await serve(() =>
    Response.json({ tags: { [long]: 5 } }, { headers: { 'x-resource': long, 'x-request-id': long } }),
  )
  const events: unknown[] = []
  const record = (event: unknown) => {
    events.push(event)
  }
  const hooks = { onResponse: record, onDrift: record, onResult: record }
  await connectWith(server, { authenticator: bearer({ token: long }), ...hooks }).run(tagged, {})
  expect(JSON.stringify(events)).toContain('tags.[secret]')
  expect(inspect(events, { depth: 20 })).not.toContain('xxxx')
})

describe('Redactor', () => {
  it.each([
    ['Basic after a user name', Buffer.from(`someone:${awkward}`).toString('base64')],
    ['Basic as the user name', Buffer.from(`${awkward}:x`).toString('base64')],
    ['Base64, URL-encoded', encodeURIComponent(Buffer.from(awkward).toString('base64'))],
    ['a form', new URLSearchParams({ '': awkward }).toString().slice(1)],
    ['lower-case percent signs', encodeURIComponent(awkward).toLowerCase()],
    ['a URL path', new URL(`https://example.com/${encodeURI(awkward)}`).href],
    ['a host name', awkward.toLowerCase()],
    ['JSON with its slashes escaped', JSON.stringify(awkward).replaceAll('/', '\\/')],
  ])('S01 knows a secret in %s', (_, text) => {
    const redactor = new Redactor()
    redactor.add(new Secret(awkward))
    const clean = redactor.redact(text)
    expect(clean).toContain('[secret]')
    expect(clean).not.toMatch(/test|token|quoted/i)
    expect(Buffer.from(clean, 'base64').toString('latin1')).not.toMatch(/test|token|quoted/)
  })

  it('takes a secret that is not well-formed', () => {
    const redactor = new Redactor()
    redactor.add(new Secret('test\ud800'))
    expect(redactor.redact('a test\ud800')).toBe('a [secret]')
  })

  it('forgets the secret unused for longest, never one in use', () => {
    const redactor = new Redactor()
    const client = new Secret('test-client-secret')
    for (let renewal = 0; renewal < 500; renewal++) {
      redactor.add(client)
      expect(redactor.redact('test-client-secret')).toBe('[secret]')
      redactor.add(new Secret(`test-token-${renewal}-`))
      expect(redactor.redact('test-client-secret')).toBe('[secret]')
    }
    expect(redactor.redact('test-client-secret test-token-499-')).toBe('[secret] [secret]')
    expect(redactor.redact('test-token-3-')).toBe('test-token-3-')
  })

  it('leaves words alone that only happen to be short secrets', () => {
    const redactor = new Redactor()
    redactor.add(new Secret('x'))
    expect(redactor.redact('an example')).toBe('an example')
  })
})
