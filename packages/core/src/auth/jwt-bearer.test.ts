import { generateKeyPairSync } from 'node:crypto'
import { decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { connectWith } from '../../test/connect-with.ts'
import { getItem } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import { type Handler, json, serve } from '../../test/serve.ts'
import { jwtBearer, type JwtBearerOptions } from '../index.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = (key: typeof rsa.privateKey) => key.export({ type: 'pkcs8', format: 'pem' }).toString()
const minute = 60_000
const granted = () => Response.json({ access_token: 'test-access-1', token_type: 'Bearer', expires_in: 3600 })

/** A server that judges assertions by its own clock, which may be ahead. */
async function setUp(
  options: Partial<JwtBearerOptions> = {},
  { aheadMs = 0, token }: { aheadMs?: number; token?: Handler } = {},
) {
  const clock = { now: Date.parse('2026-11-05T12:00:00Z') }
  const claims: Record<string, unknown>[] = []
  const publicKey = options.algorithm === 'ES256' ? curve.publicKey : rsa.publicKey
  const judge: Handler = async ({ body }) => {
    const serverNow = new Date(clock.now + aheadMs)
    const headers = { date: serverNow.toUTCString() }
    try {
      const assertion = new URLSearchParams(body).get('assertion') ?? ''
      const { payload } = await jwtVerify(assertion, publicKey, { currentDate: serverNow, clockTolerance: 0 })
      claims.push(payload)
      if ((payload.iat ?? 0) * 1000 > serverNow.getTime()) throw new Error('from the future')
      if ((payload.exp ?? 0) * 1000 > serverNow.getTime() + 10 * minute) throw new Error('too long')
      return granted()
    } catch {
      return Response.json({ error: 'invalid_grant' }, { status: 400, headers })
    }
  }
  const server = await serve((request, wire) =>
    (request.url === '/token' ? (token ?? judge) : json({ id: 1 }))(request, wire),
  )
  const authenticator = jwtBearer({
    tokenUrl: `${server.url}/token`,
    issuer: 'client@example.com',
    audience: 'https://login.example.com',
    privateKey: pem(rsa.privateKey),
    now: () => clock.now,
    ...options,
  })
  const get = () => connectWith(server, { authenticator }).run(getItem, { item_id: 1 })
  const tokenRequests = () => server.requests.filter(({ url }) => url === '/token')
  const assertionOf = (index: number) =>
    new URLSearchParams(tokenRequests()[index]?.body).get('assertion') ?? ''
  return { clock, claims, get, tokenRequests, assertionOf, server }
}

describe('the JWT bearer grant', () => {
  it('sends a short-lived assertion, and its token with every call', async () => {
    const options = { subject: 'user@example.com', keyId: 'key-1', scope: 'items', claims: { scope: 'a b' } }
    const { get, clock, claims, tokenRequests, assertionOf, server } = await setUp(options)
    await get()
    await get()
    expect(tokenRequests()).toHaveLength(1)
    const { assertion, ...parameters } = Object.fromEntries(new URLSearchParams(tokenRequests()[0]?.body))
    expect(parameters).toEqual({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', scope: 'items' })
    expect(assertion).toBe(assertionOf(0))
    expect(decodeProtectedHeader(assertionOf(0))).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' })
    expect(claims).toEqual([
      {
        iss: 'client@example.com',
        sub: 'user@example.com',
        aud: 'https://login.example.com',
        scope: 'a b',
        iat: clock.now / 1000 - 60,
        exp: clock.now / 1000 + 180,
      },
    ])
    expect(server.requests.at(-1)?.headers.get('authorization')).toBe('Bearer test-access-1')
  })

  it('signs with a curve too, names the client where told, and asks for claims anew', async () => {
    let count = 0
    const { get, clock, claims, tokenRequests } = await setUp({
      algorithm: 'ES256',
      privateKey: () => pem(curve.privateKey),
      clientId: 'client',
      claims: () => ({ jti: `test-id-${++count}` }),
    })
    await get()
    clock.now += 60 * minute
    await get()
    expect(claims.map(({ jti }) => jti)).toEqual(['test-id-1', 'test-id-2'])
    expect(new URLSearchParams(tokenRequests()[0]?.body).get('client_id')).toBe('client')
  })

  it.each([10, -10])('T16 works with a clock that is %i minutes off, and remembers it', async (minutes) => {
    const { get, clock, tokenRequests } = await setUp({}, { aheadMs: minutes * minute })
    await get()
    expect(tokenRequests()).toHaveLength(2)
    clock.now += 60 * minute
    await get()
    expect(tokenRequests()).toHaveLength(3)
  })

  it('T16 an assertion refused for another reason is not sent again, nor remembered as dead', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const { get, tokenRequests } = await setUp({ privateKey: pem(other.privateKey) })
    for (let call = 1; call <= 2; call++) {
      expect(await failure(get())).toMatchObject({
        name: 'AuthRejectedError',
        code: 'AUTH_REJECTED',
        remoteCode: 'invalid_grant',
        outcome: 'not_sent',
      })
      expect(tokenRequests()).toHaveLength(call)
    }
  })

  it('T16 a clock that is off does not lead to a loop', async () => {
    const wrong: Handler = () =>
      Response.json(
        { error: 'invalid_grant' },
        { status: 400, headers: { date: new Date(Math.random() * 1e12).toUTCString() } },
      )
    const { get, tokenRequests } = await setUp({}, { token: wrong })
    expect(await failure(get())).toMatchObject({ code: 'AUTH_REJECTED' })
    expect(tokenRequests()).toHaveLength(2)
  })

  it.each<[string, Partial<JwtBearerOptions>, string]>([
    ['T35 a key that is none', { privateKey: 'test-key-1' }, 'privateKey'],
    ['T35 a key of another kind', { algorithm: 'ES256' }, 'privateKey'],
    ['T16 a life of an hour', { lifetimeMs: 60 * minute }, 'lifetimeMs'],
  ])('%s is ConfigError', async (_, options, path) => {
    const { get, server } = await setUp(options)
    const error = await failure(get())
    expect(error).toMatchObject({ name: 'ConfigError', issues: [{ path }] })
    expect(server.requests).toEqual([])
  })
})
