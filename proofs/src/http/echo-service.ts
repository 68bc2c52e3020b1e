import * as z from 'zod'
import {
  apiKey,
  type Authenticator,
  basic,
  bearer,
  clientCredentials,
  type CommonOptions,
  connect,
  type Connection,
  defineAction,
  defineService,
  path,
} from '@agent/core'

/** A service that repeats to its caller whatever the server says. */
const echoService = defineService({
  name: 'echo',
  title: 'Echo',
  baseUrl: 'https://api.example.com',
  auth: () => z.custom<Authenticator>(),
  authenticate: (authenticator) => authenticator,
  headers: () => ({ 'user-agent': 'proof' }),
  credentialsInQuery: true,
  requestIdHeader: 'x-request-id',
  readError: ({ json }) => {
    const said = (json ?? {}) as Record<string, string | undefined>
    const { message, code, hint, id, field } = said
    const issues = field === undefined ? undefined : [{ path: field, expected: `another than ${field}` }]
    return { message, remoteCode: code, hint, requestId: id, issues }
  },
  readRateLimit: (headers) => {
    const resource = headers.get('x-ratelimit-resource')
    return resource === null ? undefined : { resource }
  },
})

const common = { permissions: { scopes: [] }, source: 'https://example.com/docs' }
const output = () => z.object({ id: z.number(), properties: z.record(z.string(), z.string()).nullish() })

export const readItem = /* @__PURE__ */ defineAction({
  ...common,
  name: 'items.get',
  summary: 'Get one item.',
  effect: 'read',
  input: () => z.strictObject({}),
  output,
  request: () => ({ method: 'GET', path: path`/items/1` }),
})

export const writeItem = /* @__PURE__ */ defineAction({
  ...common,
  name: 'items.create',
  summary: 'Create an item.',
  effect: 'create',
  input: () => z.strictObject({}),
  output,
  request: () => ({ method: 'POST', path: path`/items`, body: { name: 'x' } }),
})

/** Every way in which a credential goes on a request. */
export const authKinds = {
  bearer: (token) => bearer({ token }),
  'API key in a header': (key) => apiKey({ key, header: 'x-api-key' }),
  'API key in a template': (key) => apiKey({ key, header: 'authorization', template: 'Token token={key}' }),
  'API key in the query': (key) => apiKey({ key, query: 'api_key' }),
  Basic: (password) => basic({ username: 'someone', password }),
  'client credentials': (clientSecret, baseUrl) =>
    clientCredentials({ tokenUrl: `${baseUrl}/token`, clientId: 'client', clientSecret }),
} satisfies Record<string, (secret: string, baseUrl: string) => Authenticator>

export type AuthKind = keyof typeof authKinds
export const authKindNames = Object.keys(authKinds) as AuthKind[]

export function connectEcho(
  baseUrl: string,
  authenticator: Authenticator,
  options: Partial<CommonOptions> = {},
): Connection {
  return connect(echoService, { auth: authenticator, baseUrl, backoffMs: 0, maxAttempts: 2, ...options })
}
