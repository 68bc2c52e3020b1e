import * as z from 'zod'
import {
  bearer,
  createConnector,
  credentialValue,
  defineAction,
  defineService,
  linkHeader,
  path,
} from '../src/index.ts'

/** A service as a connector package declares one, small enough to read at a glance. */
export const example = defineService({
  name: 'example',
  title: 'Example',
  baseUrl: 'https://api.example.com',
  auth: () =>
    z.discriminatedUnion('type', [z.strictObject({ type: z.literal('token'), token: credentialValue() })]),
  authenticate: ({ token }) => bearer({ token }),
  headers: () => ({ 'user-agent': 'example' }),
  requestIdHeader: 'x-request-id',
})

const item = () => z.object({ id: z.number(), name: z.string().nullish() })
const source = 'https://example.com/docs'
const permissions = { scopes: ['items'] }

export const getItem = /* @__PURE__ */ defineAction({
  name: 'items.get',
  summary: 'Get one item.',
  effect: 'read',
  permissions,
  source,
  input: () => z.strictObject({ item_id: z.union([z.string(), z.number()]).describe('Id of the item.') }),
  output: item,
  request: ({ item_id }) => ({ method: 'GET', path: path`/items/${item_id}` }),
})

export const listItems = /* @__PURE__ */ defineAction({
  name: 'items.list',
  summary: 'List items, newest first.',
  effect: 'read',
  permissions,
  source,
  input: () =>
    z.strictObject({ state: z.enum(['open', 'closed']).default('open').describe('State to list.') }),
  output: item,
  page: linkHeader({ defaultLimit: 2, maxLimit: 100 }),
  request: (query) => ({ method: 'GET', path: path`/items`, query }),
})

export const createItem = /* @__PURE__ */ defineAction({
  name: 'items.create',
  summary: 'Create an item.',
  effect: 'create',
  permissions,
  source,
  input: () => z.strictObject({ name: z.string().min(1).describe('Name of the item.') }),
  output: item,
  request: (body) => ({ method: 'POST', path: path`/items`, body }),
})

export class ExampleConnector extends createConnector(example, {
  items: { list: listItems, get: getItem, create: createItem },
}) {}
