import type { InputOf } from '@agent/core'
import { expect, test } from 'vitest'
import type { searchDeals } from '../src/index.ts'
import { callByName, connectTo, failure, startHubspot } from './start.ts'

type Search = InputOf<typeof searchDeals>
type Filter = NonNullable<Search['filterGroups']>[number]['filters'][number]

const found = async (search: Search) => {
  const { data } = await connectTo(await startHubspot()).deals.search(search)
  return data.map(({ id }) => id)
}

// Amounts of the deals 401, 402 and 403: 48000, 126500, 9600.
const amount = 'amount'

test.each<[Filter, string[]]>([
  [{ propertyName: amount, operator: 'EQ', value: '48000' }, ['401']],
  [{ propertyName: amount, operator: 'NEQ', value: '48000' }, ['402', '403']],
  [{ propertyName: amount, operator: 'LT', value: '48000' }, ['403']],
  [{ propertyName: amount, operator: 'LTE', value: '48000' }, ['401', '403']],
  [{ propertyName: amount, operator: 'GT', value: '48000' }, ['402']],
  [{ propertyName: amount, operator: 'GTE', value: '48000' }, ['401', '402']],
  [{ propertyName: amount, operator: 'BETWEEN', value: '9600', highValue: '48000' }, ['401', '403']],
  [{ propertyName: 'dealstage', operator: 'IN', values: ['closedwon', 'contractsent'] }, ['401', '403']],
  [{ propertyName: 'dealstage', operator: 'NOT_IN', values: ['closedwon'] }, ['401', '402']],
  [{ propertyName: 'dealtype', operator: 'HAS_PROPERTY' }, ['401', '402']],
  [{ propertyName: 'dealtype', operator: 'NOT_HAS_PROPERTY' }, ['403']],
  [{ propertyName: 'dealname', operator: 'CONTAINS_TOKEN', value: 'clear*' }, ['402']],
  [{ propertyName: 'dealname', operator: 'NOT_CONTAINS_TOKEN', value: 'renewal' }, ['401', '402']],
  [{ propertyName: 'closedate', operator: 'LT', value: '2026-11-01' }, ['403']],
  [{ propertyName: 'associations.company', operator: 'EQ', value: '202' }, ['402']],
])('%j', async (filter, ids) => {
  expect(await found({ filterGroups: [{ filters: [filter] }] })).toEqual(ids)
})

test('filters of a group must all match, of groups one', async () => {
  const big = { propertyName: amount, operator: 'GT', value: '10000' } as const
  const sent = { propertyName: 'dealstage', operator: 'EQ', value: 'contractsent' } as const
  const won = { propertyName: 'dealstage', operator: 'EQ', value: 'closedwon' } as const
  expect(await found({ filterGroups: [{ filters: [big, sent] }, { filters: [won] }] })).toEqual([
    '401',
    '403',
  ])
})

test('words, order and properties', async () => {
  const connector = connectTo(await startHubspot())
  expect(await found({ query: 'renewal' })).toEqual(['403'])
  const { data, meta } = await connector.deals.search({
    sorts: [{ propertyName: amount, direction: 'DESCENDING' }],
    properties: ['amount'],
  })
  expect(data.map(({ properties }) => properties.amount)).toEqual(['126500', '48000', '9600'])
  expect(data[0]?.properties).not.toHaveProperty('dealname')
  expect(meta.totalCount).toBe(3)
  const ascending = await connector.deals.search({ sorts: [{ propertyName: amount }] })
  expect(ascending.data.map(({ id }) => id)).toEqual(['403', '401', '402'])
})

const has = { propertyName: amount, operator: 'HAS_PROPERTY' }
const groups = (count: number, filters: number) =>
  Array.from({ length: count }, () => ({ filters: Array.from({ length: filters }, () => has) }))

test.each([
  ['an unknown operator', { filterGroups: [{ filters: [{ ...has, operator: '$ne' }] }] }],
  ['a value where none belongs', { filterGroups: [{ filters: [{ ...has, value: '1' }] }] }],
  ['no filter in a group', { filterGroups: [{ filters: [] }] }],
  ['six groups', { filterGroups: groups(6, 1) }],
  ['seven filters in a group', { filterGroups: groups(1, 7) }],
  ['nineteen filters', { filterGroups: [...groups(3, 6), ...groups(1, 1)] }],
  ['two sorts', { sorts: [{ propertyName: 'a' }, { propertyName: 'b' }] }],
  ['a query of 3,001 characters', { query: 'x'.repeat(3001) }],
  ['two properties in one name', { properties: ['a,b'] }],
])('%s is refused before anything is sent', async (_, search) => {
  const emulator = await startHubspot()
  const error = await failure(callByName(connectTo(emulator), 'deals', 'search', search))
  expect(error).toMatchObject({ code: 'INPUT_INVALID', outcome: 'not_sent' })
  expect(emulator.requests).toEqual([])
})

test('a search is sent again when it fails: it changes nothing', async () => {
  const emulator = await startHubspot()
  emulator.addFault({ kind: 'fails-before-applying', status: 502, times: 2 })
  const { data } = await connectTo(emulator).deals.search({ query: 'renewal' })
  expect(data).toHaveLength(1)
  expect(emulator.requests.map(({ status }) => status)).toEqual([502, 502, 200])
})
