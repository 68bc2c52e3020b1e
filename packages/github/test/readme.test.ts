import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import type { GithubSeed } from '@agent/emulators'
import { describe, expect, it } from 'vitest'
import { makeKeys, pemOf, publicPemOf } from './app-world.ts'
import { useGithub } from './world.ts'

const packageRoot = new URL('..', import.meta.url)
const readme = readFileSync(new URL('README.md', packageRoot), 'utf8')
const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code)

const author = 'octocat'
const { privateKey, publicKey } = makeKeys()
const seed: GithubSeed = {
  users: [{ login: author }],
  organizations: [{ login: 'octo-org', members: { [author]: 'admin' } }],
  tokens: [{ token: 'test-token-1', login: author, scopes: ['repo'] }],
  oauthApps: [{ clientId: 'test-client-id', clientSecret: 'test-client-secret' }],
  refreshTokens: [
    {
      token: 'test-refresh-token',
      clientId: 'test-client-id',
      login: author,
      permissions: { issues: 'write' },
    },
  ],
  apps: [{ appId: 7, slug: 'triage-helper', publicKey: publicPemOf(publicKey) }],
  installations: [{ id: 70, appId: 7, account: 'octo-org', permissions: { issues: 'write' } }],
  repositories: [{ owner: 'octo-org', name: 'hello-world', issues: [{ title: 'Hello', author }] }],
}

describe('README', () => {
  const world = useGithub({ seed })

  it('has code', () => {
    expect(blocks.length).toBeGreaterThan(4)
  })

  it.each(blocks.map((code) => [code.split('\n').find((line) => !line.startsWith('import')), code]))(
    'runs as written: %s',
    async (_, code) => {
      const { stdout } = await run(code, world.emulator.url)
      expect(stdout).not.toBe('')
      const statuses = world.emulator.requests.map(({ status }) => status)
      expect(statuses).not.toEqual([])
      expect(statuses.every((status) => status !== undefined && status < 500 && status !== 401)).toBe(true)
    },
  )

  it('lists every action with its effect and least permission', () => {
    const listOf = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '))
    const rows = world
      .connect()
      .entities()
      .map(({ name, effect, permissions: { scopes, fineGrained = {} } }) => {
        const permissions = Object.entries(fineGrained).map(([key, access]) => `${key}: ${access}`)
        return [`\`${name}\``, effect, listOf(permissions), listOf(scopes)]
      })
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
})

/** Runs a block as a file of an app would run, with every host led to the emulator. */
function run(code: string, url: string): Promise<{ stdout: string }> {
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
    GITHUB_TOKEN: 'test-token-1',
    GITHUB_CLIENT_ID: 'test-client-id',
    GITHUB_CLIENT_SECRET: 'test-client-secret',
    GITHUB_REFRESH_TOKEN: 'test-refresh-token',
    GITHUB_APP_ID: '7',
    GITHUB_APP_PRIVATE_KEY: pemOf(privateKey),
  }
  return promisify(execFile)(process.execPath, [...flags, '--input-type=module-typescript', '--eval', code], {
    cwd: packageRoot,
    env: environment,
    timeout: 15_000,
  })
}
