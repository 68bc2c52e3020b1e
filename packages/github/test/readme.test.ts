import { readFileSync } from 'node:fs'
import type { GithubSeed } from '@agent/emulators'
import { describe, expect, it } from 'vitest'
import { actionTable, codeBlocks, runBlock } from '../../../tooling/readme-blocks.ts'
import { makeKeys, pemOf, publicPemOf } from './app-world.ts'
import { useGithub } from './world.ts'

const directory = new URL('..', import.meta.url)
const readme = readFileSync(new URL('README.md', directory), 'utf8')
const blocks = codeBlocks(readme)

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

const environment = {
  GITHUB_TOKEN: 'test-token-1',
  GITHUB_CLIENT_ID: 'test-client-id',
  GITHUB_CLIENT_SECRET: 'test-client-secret',
  GITHUB_REFRESH_TOKEN: 'test-refresh-token',
  GITHUB_APP_ID: '7',
  GITHUB_APP_PRIVATE_KEY: pemOf(privateKey),
}

describe('README', () => {
  const world = useGithub({ seed })

  it('has code', () => {
    expect(blocks.length).toBeGreaterThan(4)
  })

  it.each(blocks)('runs as written: %s', async (_, code) => {
    const { stdout } = await runBlock(code, { directory, url: world.emulator.url, environment })
    expect(stdout).not.toBe('')
    const statuses = world.emulator.requests.map(({ status }) => status)
    expect(statuses).not.toEqual([])
    expect(statuses.every((status) => status !== undefined && status < 500 && status !== 401)).toBe(true)
  })

  it('lists every action with its effect and least permission', () => {
    const listOf = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '))
    const rows = world
      .connect()
      .entities()
      .map(({ name, effect, permissions: { scopes, fineGrained = {} } }) => {
        const permissions = Object.entries(fineGrained).map(([key, access]) => `${key}: ${access}`)
        return [`\`${name}\``, effect, listOf(permissions), listOf(scopes)]
      })
    expect(actionTable(readme)).toEqual(rows)
    expect(readme).toContain(`${rows.length} typed actions`)
  })
})
