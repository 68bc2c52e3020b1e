import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import type { SeedObject } from '@agent/emulators'
import { expect, test } from 'vitest'
import { connectTo, startHubspot } from './start.ts'

const packageRoot = new URL('..', import.meta.url)
const readme = readFileSync(new URL('README.md', packageRoot), 'utf8')
const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code)

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

test.each(blocks.map((code) => [code.split('\n').find((line) => !line.startsWith('import')), code]))(
  'runs as written: %s',
  async (_, code) => {
    const emulator = await startHubspot({ objects })
    const { stdout, stderr } = await run(code, emulator.url)
    expect(stderr).toBe('')
    expect(stdout).not.toBe('')
    expect(stdout).not.toContain('undefined')
    const refused = emulator.requests.filter(({ status = 500 }) => status >= 400)
    expect(emulator.requests).not.toEqual([])
    expect(refused.map(({ path }) => path)).toEqual(
      refused.length === 0 ? [] : ['/crm/objects/2026-09/deals/404'],
    )
  },
)

test('the README lists every action with its effect and scope', async () => {
  const rows = connectTo(await startHubspot())
    .entities()
    .map(({ name, effect, permissions: { scopes } }) => [
      `\`${name}\``,
      effect,
      scopes.length === 0 ? 'that of either object' : scopes.join(', '),
    ])
  const table = readme.split('\n').filter((line) => /^\| `[a-z_]+\.\w+`/.test(line))
  const cells = table.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  expect(cells).toEqual(rows)
  expect(readme).toContain(`${rows.length} typed actions`)
})

/** Runs a block as a file of an app would run, with every host led to the emulator. */
function run(code: string, url: string): Promise<{ stdout: string; stderr: string }> {
  const detour = `
    const send = globalThis.fetch
    globalThis.fetch = (input, init) => {
      const request = new Request(input, init)
      const { pathname, search } = new URL(request.url)
      return send(new Request(${JSON.stringify(url)} + pathname + search, request))
    }`
  const flags = [
    '--conditions=@agent/source',
    '--import',
    `data:text/javascript,${encodeURIComponent(detour)}`,
  ]
  const environment = {
    PATH: process.env['PATH'],
    HUBSPOT_SERVICE_KEY: 'test-service-key',
    HUBSPOT_CLIENT_ID: 'test-client-id',
    HUBSPOT_CLIENT_SECRET: 'test-client-secret',
    HUBSPOT_REFRESH_TOKEN: 'test-refresh-token',
  }
  return promisify(execFile)(process.execPath, [...flags, '--input-type=module-typescript', '--eval', code], {
    cwd: packageRoot,
    env: environment,
    timeout: 15_000,
  })
}
