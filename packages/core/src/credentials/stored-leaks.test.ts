import { inspect } from 'node:util'
import { serialize } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { failure } from '../../test/failure.ts'
import { type Handler, json, type Received, reset, status, text } from '../../test/serve.ts'
import { storedWorld } from '../../test/stored-world.ts'
import { connect, type CredentialStore, memoryStore, storeUnavailable } from '../index.ts'
import { account, storedService } from '../../test/stored-world.ts'

const secrets = [
  'test-access-1',
  'test-access-2',
  'test-refresh-1',
  'test-refresh-2',
  'test-client-secret',
  'test-password-1',
]

/** The ways a text may stand in another. */
function forms(value: string): string[] {
  const buffer = Buffer.from(value)
  return [
    value,
    buffer.toString('base64').replaceAll('=', ''),
    buffer.toString('base64url'),
    buffer.toString('hex'),
    encodeURIComponent(value),
  ]
}

/** All that can be seen of a thing. */
function shown(thing: unknown): string {
  const { message, stack } = Object(thing) as Partial<Error>
  return [
    message,
    stack,
    String(thing),
    JSON.stringify(thing),
    inspect(thing, { depth: 20, showHidden: true }),
    inspect(thing, { depth: 20, showHidden: true, customInspect: false, getters: true }),
  ].join('\n')
}

function assertClean(seen: string): void {
  for (const secret of secrets) {
    for (const form of forms(secret)) expect(seen.includes(form), `${form} shows`).toBe(false)
  }
}

/** What a server that is too talkative knows of a request. */
const echo = ({ body, headers }: Received) =>
  [body, headers.get('authorization'), new URLSearchParams(body).get('refresh_token')].join(' ')

const refuses =
  (error: (request: Received) => string, code = 400): Handler =>
  (request) =>
    Response.json(
      { error: error(request), error_description: echo(request), error_uri: echo(request) },
      { status: code, headers: { 'x-request-id': echo(request), 'www-authenticate': echo(request) } },
    )

describe('S01 S02 T33 no error or event of a stored credential shows a secret', () => {
  it.each<[string, Handler]>([
    ['invalid_grant', refuses(() => 'invalid_grant')],
    ['invalid_client', refuses(() => 'invalid_client', 401)],
    ['an error of its own', refuses(() => 'server_error')],
    ['an error that is an echo', refuses(echo)],
    ['an error in a 200', refuses(() => 'bad_refresh_token', 200)],
    ['500 with an echo', (request) => new Response(echo(request), { status: 500 })],
    ['HTML with an echo', (request) => new Response(`<html>${echo(request)}</html>`)],
    [
      'a redirect with an echo',
      (request) =>
        new Response(null, {
          status: 307,
          headers: { location: `https://evil.example.com/?${encodeURIComponent(echo(request))}` },
        }),
    ],
    ['no token', json({ access_token: '', refresh_token: 'test-refresh-2' })],
    ['a token with a line break', json({ access_token: 'test-access-2\r\nx', token_type: 'bearer' })],
    ['another token type', json({ access_token: 'test-access-2', token_type: 'test-refresh-1' })],
    [
      'a life of a token',
      json({ access_token: 'test-access-2', token_type: 'bearer', expires_in: 'test-access-2' }),
    ],
    ['half a reply', text('{"access_token":"test-access-2","ref')],
    ['a reset', reset],
    ['429', status(429, { 'retry-after': '999999999' })],
  ])('of a token endpoint that answers with %s', async (_, token) => {
    const { open, hooks } = await storedWorld()
    hooks.token = token
    const events: unknown[] = []
    const note = (event: unknown) => void events.push(event)
    const { get } = open({}, { maxAttempts: 1, onTokenRefresh: note, onRequest: note, onRetry: note })
    const errors = [await failure(get()), await failure(get())]
    expect(events).not.toEqual([])
    assertClean([...errors, ...events].map(shown).join('\n'))
    for (const error of errors) assertClean(serialize(structuredClone(error)).toString('latin1'))
  })

  it.each<[string, (store: CredentialStore) => Partial<CredentialStore>]>([
    [
      'that throws what it was given',
      (store) => ({
        set: (...given) =>
          given[1].includes('test-access-2')
            ? Promise.reject(new Error(`duplicate key: ${given.join(' ')}`))
            : store.set(...given),
      }),
    ],
    [
      'that fails with a code',
      (store) => ({
        set: (...given) =>
          given[1].includes('test-access-2')
            ? Promise.reject(storeUnavailable('test', { code: 'test-password-1', name: 'X' }, 'Mend it.'))
            : store.set(...given),
      }),
    ],
    [
      'that throws its connection string',
      () => ({
        get: () =>
          Promise.reject(
            Object.assign(new Error('at db://me:test-password-1@host'), { code: 'test-password-1' }),
          ),
      }),
    ],
    [
      'that holds a damaged record',
      (store) => ({
        get: async (key) => {
          const { value = '', version = '' } = (await store.get(key)) ?? {}
          return {
            value: value.replace('"tokens":{', '"test-access-1":"test-refresh-1","tokens":{'),
            version,
          }
        },
      }),
    ],
    [
      'that holds half a record',
      (store) => ({
        get: async (key) => {
          const { value = '', version = '' } = (await store.get(key)) ?? {}
          return { value: value.slice(0, -20), version }
        },
      }),
    ],
  ])('of a store %s', async (_, faults) => {
    const inner = memoryStore()
    const { open } = await storedWorld({ store: inner })
    const { get } = open({ store: { ...inner, ...faults(inner) } })
    const errors = [await failure(get()), await failure(get())]
    for (const error of errors) expect(error.name).toBe('StoreError')
    assertClean(errors.map(shown).join('\n'))
  })

  it('nor does a connection that has renewed', async () => {
    const { open, store, url } = await storedWorld()
    await open().get()
    const auth = { type: 'stored', store, account, secrets: { clientSecret: 'test-client-secret' } } as const
    const connection = connect(storedService, { auth, baseUrl: url })
    assertClean(inspect(connection, { depth: 20, showHidden: true, customInspect: false }))
    assertClean(inspect(connection, { depth: 20, showHidden: true }))
  })
})
