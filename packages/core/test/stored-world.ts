import * as z from 'zod'
import {
  bearer,
  type CommonOptions,
  connect,
  type CredentialStore,
  credentialValue,
  defineService,
  memoryStore,
  oauth2,
  oauth2Fields,
  saveCredential,
  type StoredAuthConfig,
} from '../src/index.ts'
import { getItem } from './example-service.ts'
import { type Handler, type Received, serve } from './serve.ts'

export const item = { id: 1, name: 'one' }
export const account = 'someone'

/** A service with an OAuth kind and a static one, whose token endpoint is beside its API. */
export const storedService = defineService({
  name: 'stored-example',
  title: 'Example',
  baseUrl: 'https://api.example.com',
  auth: () => {
    const { clientId, clientSecret, refreshToken, accessToken, expiresAt } = oauth2Fields()
    return z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('oauth'),
        clientId,
        clientSecret,
        refreshToken,
        accessToken: accessToken.optional(),
        expiresAt: expiresAt.optional(),
      }),
      z.strictObject({ type: z.literal('token'), token: credentialValue() }),
    ])
  },
  authenticate: (config, { baseUrl, tokenKeeper }) =>
    config.type === 'token'
      ? bearer({ token: config.token })
      : oauth2({ ...config, tokenUrl: `${baseUrl.origin}/token`, tokenKeeper }),
  headers: () => ({ 'user-agent': 'example' }),
  requestIdHeader: 'x-request-id',
})

export const bearerOf = ({ headers }: Received) => headers.get('authorization')?.replace(/^\S+ /, '')

/**
 * An authorization server whose refresh tokens are good for one use, and an API that accepts the newest access
 * token alone.
 */
async function startService() {
  let pair = 1
  const expired = new Set<string>()
  const hooks: {
    beforeToken?: (() => Promise<void>) | undefined
    beforeReply?: (() => Promise<void>) | undefined
    token?: Handler | undefined
  } = {}
  const refusal = () => Response.json({ error: 'invalid_grant' }, { status: 400 })
  const token: Handler = async (request, wire) => {
    await hooks.beforeToken?.()
    if (hooks.token) return hooks.token(request, wire)
    const used = new URLSearchParams(request.body).get('refresh_token')
    if (used !== `test-refresh-${pair}`) return refusal()
    pair += 1
    const issued = {
      access_token: `test-access-${pair}`,
      refresh_token: `test-refresh-${pair}`,
      token_type: 'bearer',
      expires_in: 1800,
    }
    await hooks.beforeReply?.()
    return Response.json(issued)
  }
  const api: Handler = (request) =>
    bearerOf(request) === `test-access-${pair}` && !expired.has(`test-access-${pair}`)
      ? Response.json(item)
      : Response.json({ message: 'expired' }, { status: 401 })
  const server = await serve((request, wire) => (request.url === '/token' ? token : api)(request, wire))
  return {
    url: server.url,
    hooks,
    tokenRequests: () => server.requests.filter(({ url }) => url === '/token'),
    apiTokens: () => server.requests.filter(({ url }) => url !== '/token').map(bearerOf),
    /** The access token dies early; the refresh token stays good. */
    expireAccessToken: () => {
      expired.add(`test-access-${pair}`)
    },
    /** A pair that the service gave in another way, such as a new login. */
    issue: () => {
      pair += 1
      return { accessToken: `test-access-${pair}`, refreshToken: `test-refresh-${pair}` }
    },
  }
}

export interface StoredWorldOptions {
  store?: CredentialStore
  /** Milliseconds from now when the saved access token expires; in the past unless told. */
  leftMs?: number
}

export async function storedWorld({ store = memoryStore(), leftMs = -1000 }: StoredWorldOptions = {}) {
  const service = await startService()
  const save = (auth: Parameters<typeof saveCredential<typeof storedService>>[2]['auth']) =>
    saveCredential(store, storedService, { account, auth, baseUrl: service.url })
  const oauth = (
    tokens = { accessToken: 'test-access-1', refreshToken: 'test-refresh-1' },
    left = leftMs,
  ) => ({
    type: 'oauth' as const,
    clientId: 'client',
    clientSecret: 'test-client-secret',
    expiresAt: new Date(Date.now() + left),
    ...tokens,
  })
  await save(oauth())
  return {
    ...service,
    store,
    save,
    oauth,
    /** Another connection, as another process would have it. */
    open: (auth: Partial<StoredAuthConfig> = {}, options: Partial<CommonOptions> = {}) => {
      const connection = connect(storedService, {
        auth: { type: 'stored', store, account, ...auth },
        baseUrl: service.url,
        backoffMs: 1,
        ...options,
      })
      return { get: (signal?: AbortSignal) => connection.run(getItem, { item_id: 1 }, { signal }) }
    },
  }
}
