import * as z from 'zod'
import { connect, defineAction, defineService, oauth2, oauth2Fields, path } from '@agent/core'
import type { CommonOptions, StoredAuthConfig } from '@agent/core'

/** A service with one action, so that what is measured is the credential's life and not the API. */
export const exampleService = defineService({
  name: 'proof',
  title: 'Proof',
  baseUrl: 'https://api.example.com',
  auth: () => {
    const { clientId, refreshToken, accessToken } = oauth2Fields()
    return z.strictObject({ type: z.literal('oauth'), clientId, refreshToken, accessToken })
  },
  authenticate: (config, { baseUrl, tokenKeeper }) =>
    oauth2({ ...config, tokenUrl: `${baseUrl.origin}/token`, tokenKeeper }),
  headers: () => ({ 'user-agent': 'proof' }),
  requestIdHeader: 'x-request-id',
})

export const getItem = /* @__PURE__ */ defineAction({
  name: 'items.get',
  summary: 'Get one item.',
  effect: 'read',
  permissions: { scopes: [] },
  source: 'https://example.com/docs',
  input: () => z.strictObject({ item_id: z.number().describe('Id of the item.') }),
  output: () => z.object({ id: z.number() }),
  request: ({ item_id }) => ({ method: 'GET', path: path`/items/${item_id}` }),
})

export type Caller = () => PromiseLike<unknown>

/** Calls the action under a stored credential, as one process does. */
export function callerOf(
  baseUrl: string,
  auth: Omit<StoredAuthConfig, 'type'>,
  options: Partial<CommonOptions> = {},
): Caller {
  const connection = connect(exampleService, { auth: { type: 'stored', ...auth }, baseUrl, ...options })
  return () => connection.run(getItem, { item_id: 1 })
}
