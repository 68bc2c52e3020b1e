import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGithubEmulator, createHubspotEmulator } from '@agent/emulators'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { githubSeed, githubToken } from '../src/company/github.ts'
import { hubspotApp, hubspotRefreshToken, hubspotSeed } from '../src/company/hubspot.ts'
import { configDirectory, runAgent, runSample } from './run-sample.ts'

// Each test starts several processes.
vi.setConfig({ testTimeout: 60_000 })

const refreshToken = 'test-refresh-token'
const app = { clientId: 'test-client-id', clientSecret: 'test-client-secret' }
const permissions = { issues: 'write', pull_requests: 'read' } as const

let directory: string
let environment: Record<string, string>
let github: Awaited<ReturnType<typeof createGithubEmulator>>
let hubspot: Awaited<ReturnType<typeof createHubspotEmulator>>
let server: Record<string, string>

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sample-config-'))
  environment = configDirectory(directory)
  github = await createGithubEmulator({
    seed: {
      ...githubSeed,
      oauthApps: [{ ...app, tokensExpire: true, permissions }],
      refreshTokens: [{ token: refreshToken, clientId: app.clientId, login: 'triage-bot', permissions }],
    },
  })
  hubspot = await createHubspotEmulator({ seed: { ...hubspotSeed, rotateRefreshTokens: true } })
  server = { GITHUB_BASE_URL: github.url, GITHUB_REPOSITORY: 'harborworks/billing-portal' }
})

afterEach(async () => {
  await Promise.all([github.close(), hubspot.close(), rm(directory, { recursive: true })])
})

const run = (settings: Record<string, string>) => runSample(['--read-only'], settings, '', environment)
const statuses = (requests: readonly { status?: number | undefined }[]) =>
  requests.map(({ status }) => status)

describe('OAuth tokens from .env', () => {
  it('T07 are kept when they are replaced, so that the next run has the new ones', async () => {
    const settings = {
      ...server,
      GITHUB_CLIENT_ID: app.clientId,
      GITHUB_CLIENT_SECRET: app.clientSecret,
      GITHUB_REFRESH_TOKEN: refreshToken,
      HUBSPOT_BASE_URL: hubspot.url,
      HUBSPOT_CLIENT_ID: hubspotApp.clientId,
      HUBSPOT_CLIENT_SECRET: hubspotApp.clientSecret,
      HUBSPOT_REFRESH_TOKEN: hubspotRefreshToken,
    }
    const first = await run(settings)
    expect(first.code).toBe(0)
    expect(statuses(github.tokenRequests)).toEqual([200])
    expect(statuses(hubspot.tokenRequests)).toEqual([200])

    const second = await run(settings)
    expect(second.stdout).not.toContain('token renewed')

    github.expireAccessTokens()
    hubspot.expireAccessTokens()
    const third = await run(settings)
    expect(third.stdout).toMatch(/github +token renewed/)
    expect(third.stdout).toMatch(/hubspot +token renewed/)
    expect(statuses(github.tokenRequests)).toEqual([200, 200])
    expect(statuses(hubspot.tokenRequests)).toEqual([200, 200])
    expect(third.stdout).toContain('Ticket 501, "Export drops invoices": known as #1')
    for (const { stdout, stderr } of [first, second, third]) expect(stdout + stderr).not.toContain('ghr_')
  })
})

describe('GITHUB_ACCOUNT and HUBSPOT_ACCOUNT', () => {
  it('use what agent login saved', async () => {
    const login = ['login', 'github', '--kind', 'personalAccessToken', '--base-url', github.url]
    const saved = await runAgent([...login, '--token-stdin'], environment, githubToken)
    expect(saved.code).toBe(0)
    const { code, stdout } = await run({ ...server, GITHUB_ACCOUNT: 'triage-bot' })
    expect(code).toBe(0)
    expect(stdout).toMatch(/github +the real service/)
    expect(stdout).toMatch(/github +issues\.search +GET \/search\/issues +200/)

    const other = await run({ ...server, GITHUB_ACCOUNT: 'octocat' })
    expect(other.code).toBe(2)
    expect(other.stderr).toContain('"octocat" is saved on this machine, only triage-bot.')
  })

  it.each([
    ['GITHUB', 'agent login github'],
    ['HUBSPOT', 'agent login hubspot'],
  ])('say what to run where nothing is saved: %s', async (service, command) => {
    const { code, stdout, stderr } = await run({
      GITHUB_REPOSITORY: 'harborworks/billing-portal',
      GITHUB_TOKEN: githubToken,
      GITHUB_BASE_URL: github.url,
      [`${service}_ACCOUNT`]: 'octocat',
    })
    expect(code).toBe(2)
    expect(stderr).toContain(`"octocat" is saved on this machine, none is. Run: ${command}`)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(stdout).not.toContain('Calls')
  })
})
