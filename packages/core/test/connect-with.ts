import * as z from 'zod'
import { type Authenticator, bearer, type CommonOptions, connect, defineService } from '../src/index.ts'
import type { TestServer } from './serve.ts'

const service = (origins: readonly string[], credentialsInQuery: boolean) =>
  defineService({
    name: 'example',
    title: 'Example',
    baseUrl: 'https://api.example.com',
    auth: () => z.custom<Authenticator>(),
    authenticate: (authenticator) => authenticator,
    origins: () => origins,
    headers: () => ({ 'user-agent': 'example' }),
    credentialsInQuery,
    requestIdHeader: 'x-request-id',
    readRateLimit: (headers) => {
      const resource = headers.get('x-resource')
      return resource === null ? undefined : { resource }
    },
    readError: ({ json }) => {
      const { message, code } = (json ?? {}) as { message?: string; code?: string }
      return { message, remoteCode: code }
    },
  })

export interface ConnectWithOptions extends CommonOptions {
  authenticator?: Authenticator
  /** Further origins that the service declares. */
  origins?: readonly string[]
  credentialsInQuery?: boolean
}

export const token = 'test-token-1'

/** A connection to a test server under any authenticator, with waits that tests need not sit out. */
export function connectWith(
  server: Pick<TestServer, 'url'>,
  {
    authenticator = bearer({ token }),
    origins = [],
    credentialsInQuery = false,
    ...options
  }: ConnectWithOptions = {},
) {
  return connect(service(origins, credentialsInQuery), {
    auth: authenticator,
    baseUrl: server.url,
    backoffMs: 1,
    ...options,
  })
}
