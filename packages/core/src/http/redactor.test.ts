import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { connectWith } from '../../test/connect-with.ts'
import { createItem, getItem } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import { serve } from '../../test/serve.ts'
import { basic, bearer, Secret } from '../index.ts'
import { Redactor } from './redactor.ts'

const awkward = 'test+token/1 "quoted" %>?'

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

describe('Redactor', () => {
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
