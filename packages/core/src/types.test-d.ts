import { expectTypeOf } from 'vitest'
import * as z from 'zod'
import { ExampleConnector, listItems } from '../test/example-service.ts'
import { connect, defineAction, noContent, type Page, type PagedCall, path } from './index.ts'
import { example } from '../test/example-service.ts'

type Item = { id: number; name?: string | null | undefined }

const connector = new ExampleConnector({ auth: { type: 'token', token: 'x' } })

expectTypeOf(connector.items.get({ item_id: 1 })).toEqualTypeOf<Promise<Item>>()
expectTypeOf(connector.items.list()).toEqualTypeOf<PagedCall<Item>>()
expectTypeOf(connector.items.list({ state: 'open', limit: 3 }, { maxItems: 2 })).resolves.toEqualTypeOf<
  Page<Item>
>()
expectTypeOf(connector.execute('items', 'list', {})).resolves.toEqualTypeOf<Page<Item>>()
expectTypeOf(connector.execute('items', 'get', { item_id: 1 }))
  .resolves.toHaveProperty('data')
  .toEqualTypeOf<Item>()
expectTypeOf(connect(example, { auth: { type: 'token', token: 'x' } }).run(listItems)).toEqualTypeOf<
  PagedCall<Item>
>()

const ping = defineAction({
  name: 'service.ping',
  summary: 'Ping.',
  effect: 'read',
  permissions: { scopes: [] },
  source: 'https://example.com',
  input: () => z.strictObject({}),
  output: noContent,
  request: () => ({ method: 'GET', path: path`/ping` }),
})
// No parameters, so none need be given.
expectTypeOf(connector.run(ping)).resolves.toEqualTypeOf<null>()

declare const nameFromModel: string
void connector.execute(nameFromModel, 'anything', { as: 'a model gives it' })

// @ts-expect-error -- required parameters
void connector.items.get()
// @ts-expect-error -- unknown parameter
void connector.items.list({ colour: 'red' })
// @ts-expect-error -- unknown enum value
void connector.items.list({ state: 'opened' })
// @ts-expect-error -- limit is for lists
void connector.items.get({ item_id: 1, limit: 3 })
// @ts-expect-error -- misspelt entity
void connector.execute('itms', 'list', {})
// @ts-expect-error -- misspelt action
void connector.execute('items', 'lst', {})
// @ts-expect-error -- wrong parameters by name
void connector.execute('items', 'get', { id: 1 })
// @ts-expect-error -- unknown auth kind
new ExampleConnector({ auth: { type: 'password', token: 'x' } })
// @ts-expect-error -- unknown option
new ExampleConnector({ auth: { type: 'token', token: 'x' }, colour: 'red' })
