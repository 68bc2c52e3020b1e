/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment -- Bodies are of every shape. */
import { beforeEach, describe, expect, test } from 'vitest'
import { defaultHubspotSeed } from '../src/hubspot/seed/default-seed.ts'
import { idsOf, requests, startHubspot, type Reply } from './hubspot-requests.ts'

let search: (body: unknown, type?: string) => Promise<Reply>

// Companies 1 to 4; the third has few values.
const companies = [
  { id: '1', properties: { name: 'Alpha Beta Works', domain: 'alpha.example', numberofemployees: '9' } },
  {
    id: '2',
    properties: { name: 'Beta Ltd', domain: 'beta.example', numberofemployees: '100', type: 'PARTNER' },
  },
  { id: '3', properties: { name: 'gamma' } },
  { id: '4', properties: { name: 'Delta-Beta', numberofemployees: '25', type: 'VENDOR' } },
]
const deal = (id: string, closedate: string) => ({
  id,
  properties: { dealname: `Deal ${id}`, dealstage: 'closedwon', closedate },
  associations: [{ to: { type: 'companies' as const, id: '2' } }],
})

beforeEach(async () => {
  const deals = [deal('11', '2026-01-01T00:00:00Z'), deal('12', '2026-06-01T00:00:00Z')]
  const emulator = await startHubspot({ seed: { ...defaultHubspotSeed, objects: { companies, deals } } })
  const call = requests(emulator)
  search = (body, type = 'companies') => call('POST', `/crm/objects/2026-09/${type}/search`, body)
})

const group = (...filters: unknown[]) => ({ filters })
const filter = (propertyName: string, operator: string, rest = {}) => ({ propertyName, operator, ...rest })

test.each([
  [filter('name', 'EQ', { value: 'BETA ltd' }), ['2']],
  [filter('name', 'NEQ', { value: 'gamma' }), ['1', '2', '4']],
  [filter('domain', 'NEQ', { value: 'beta.example' }), ['1']],
  [filter('numberofemployees', 'LT', { value: '25' }), ['1']],
  [filter('numberofemployees', 'LTE', { value: '25' }), ['1', '4']],
  [filter('numberofemployees', 'GT', { value: '25' }), ['2']],
  [filter('numberofemployees', 'GTE', { value: 25 }), ['2', '4']],
  [filter('numberofemployees', 'BETWEEN', { value: '9', highValue: '25' }), ['1', '4']],
  [filter('numberofemployees', 'IN', { values: ['9', '100'] }), ['1', '2']],
  [filter('name', 'IN', { values: ['gamma', 'beta ltd'] }), ['2', '3']],
  [filter('name', 'IN', { values: ['Beta Ltd'] }), []],
  [filter('type', 'IN', { values: ['PARTNER', 'vendor'] }), ['2']],
  [filter('type', 'NOT_IN', { values: ['PARTNER'] }), ['4']],
  [filter('type', 'EQ', { value: 'partner' }), []],
  [filter('domain', 'HAS_PROPERTY'), ['1', '2']],
  [filter('domain', 'NOT_HAS_PROPERTY'), ['3', '4']],
  [filter('name', 'CONTAINS_TOKEN', { value: 'beta' }), ['1', '2', '4']],
  [filter('name', 'CONTAINS_TOKEN', { value: 'bet' }), []],
  [filter('name', 'CONTAINS_TOKEN', { value: 'bet*' }), ['1', '2', '4']],
  [filter('domain', 'CONTAINS_TOKEN', { value: '*.example' }), ['1', '2']],
  [filter('domain', 'CONTAINS_TOKEN', { value: 'b*a.ex*le' }), ['2']],
  [filter('domain', 'CONTAINS_TOKEN', { value: 'be*ple*ple' }), []],
  [filter('name', 'NOT_CONTAINS_TOKEN', { value: 'beta' }), ['3']],
  [filter('associations.deal', 'EQ', { value: '11' }), ['2']],
])('filter %o finds %o', async (one, expected) => {
  expect(idsOf(await search({ filterGroups: [group(one)] }))).toEqual(expected)
})

test.each([['1775000000000'], ['2026-03-31T23:33:20Z']])(
  'dates compare by time, given as %s',
  async (value) => {
    expect(
      idsOf(await search({ filterGroups: [group(filter('closedate', 'GT', { value }))] }, 'deals')),
    ).toEqual(['12'])
  },
)

test('filters of a group are all met, groups are alternatives', async () => {
  const beta = filter('name', 'CONTAINS_TOKEN', { value: 'beta' })
  const large = filter('numberofemployees', 'GT', { value: '20' })
  const gamma = filter('name', 'EQ', { value: 'gamma' })
  expect(idsOf(await search({ filterGroups: [group(beta, large), group(gamma)] }))).toEqual(['2', '3', '4'])
})

test('query looks for every word in the searched properties', async () => {
  expect(idsOf(await search({ query: 'BETA works' }))).toEqual(['1'])
  expect(idsOf(await search({ query: 'beta.example' }))).toEqual(['2'])
})

test.each([
  [['numberofemployees'], ['1', '4', '2', '3']],
  [['-numberofemployees'], ['2', '4', '1', '3']],
  [[{ propertyName: 'name', direction: 'DESCENDING' }], ['3', '4', '2', '1']],
  [[], ['1', '2', '3', '4']],
])('sorts %o give %o', async (sorts, expected) => {
  expect(idsOf(await search({ sorts }))).toEqual(expected)
})

test('an empty body is a search of everything, with default properties and no associations', async () => {
  const { body } = await search({})
  expect(body).toMatchObject({ total: 4 })
  expect(Object.keys(body.results[0].properties as object)).toContain('domain')
  expect(body.results[0]).not.toHaveProperty('associations')
  expect(body).not.toHaveProperty('paging')
})

describe('caps', () => {
  const any = filter('name', 'HAS_PROPERTY')
  test.each([
    ['200 results', { limit: 200 }, 200],
    ['201 results', { limit: 201 }, 400],
    ['5 groups', { filterGroups: Array(5).fill(group(any)) }, 200],
    ['6 groups', { filterGroups: Array(6).fill(group(any)) }, 400],
    ['7 filters in a group', { filterGroups: [group(...Array<unknown>(7).fill(any))] }, 400],
    ['18 filters', { filterGroups: Array(3).fill(group(...Array<unknown>(6).fill(any))) }, 200],
    ['20 filters', { filterGroups: Array(4).fill(group(...Array<unknown>(5).fill(any))) }, 400],
    ['two sorts', { sorts: ['name', 'domain'] }, 400],
    ['the last result', { after: '9990', limit: 10 }, 200],
    ['a result beyond the last', { after: '9991', limit: 10 }, 400],
    ['a long query', { query: 'x'.repeat(3_001) }, 400],
  ])('%s', async (_, body, status) => {
    expect((await search(body)).status).toBe(status)
  })
})

test.each([
  [{ filterGroups: [group(filter('nonsense', 'EQ', { value: '1' }))] }],
  [{ filterGroups: [group(filter('name', 'LIKE', { value: '1' }))] }],
  [{ filterGroups: [group(filter('name', 'EQ'))] }],
  [{ filterGroups: [group(filter('name', 'IN', { value: 'x' }))] }],
  [{ filterGroups: [group(filter('numberofemployees', 'GT', { value: 'many' }))] }],
  [{ filterGroups: [group(filter('associations.deal', 'GT', { value: '1' }))] }],
  [{ filterGroups: 'name' }],
  [{ sorts: ['nonsense'] }],
  [{ sorts: [{ propertyName: 'name', direction: 'UP' }] }],
  [{ after: 'x' }],
  [{ properties: [{}] }],
])('%o answers 400', async (body) => {
  expect(await search(body)).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } })
})
