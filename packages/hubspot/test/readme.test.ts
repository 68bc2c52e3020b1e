import { readFileSync } from 'node:fs'
import type { SeedObject } from '@agent/emulators'
import { expect, test } from 'vitest'
import { actionTable, codeBlocks, runBlock } from '../../../tooling/readme-blocks.ts'
import { connectTo, startHubspot } from './start.ts'

const directory = new URL('..', import.meta.url)
const readme = readFileSync(new URL('README.md', directory), 'utf8')
const blocks = codeBlocks(readme)

const environment = {
  HUBSPOT_SERVICE_KEY: 'test-service-key',
  HUBSPOT_CLIENT_ID: 'test-client-id',
  HUBSPOT_CLIENT_SECRET: 'test-client-secret',
  HUBSPOT_REFRESH_TOKEN: 'test-refresh-token',
}

const objects: Record<string, SeedObject[]> = {
  companies: [{ id: '201', properties: { name: 'Example' } }],
  contacts: [{ id: '301', properties: { email: 'priya@example.com', firstname: 'Priya' } }],
  tickets: [
    { id: '501', properties: { subject: 'It breaks', hs_pipeline_stage: '1', hs_ticket_priority: 'HIGH' } },
  ],
}

test('the README has code', () => {
  expect(blocks.length).toBeGreaterThan(4)
})

test.each(blocks)('runs as written: %s', async (_, code) => {
  const emulator = await startHubspot({ objects })
  const { stdout, stderr } = await runBlock(code, { directory, url: emulator.url, environment })
  expect(stderr).toBe('')
  expect(stdout).not.toBe('')
  expect(stdout).not.toContain('undefined')
  const refused = emulator.requests.filter(({ status = 500 }) => status >= 400)
  expect(emulator.requests).not.toEqual([])
  expect(refused.map(({ path }) => path)).toEqual(
    refused.length === 0 ? [] : ['/crm/objects/2026-09/deals/404'],
  )
})

test('the README lists every action with its effect and scope', async () => {
  const rows = connectTo(await startHubspot())
    .entities()
    .map(({ name, effect, permissions: { scopes } }) => [
      `\`${name}\``,
      effect,
      scopes.length === 0 ? 'that of either object' : scopes.join(', '),
    ])
  expect(actionTable(readme)).toEqual(rows)
  expect(readme).toContain(`${rows.length} typed actions`)
})
