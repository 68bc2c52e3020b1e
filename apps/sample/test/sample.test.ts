import { createGithubEmulator, createHubspotEmulator } from '@agent/emulators'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { githubSeed, githubToken } from '../src/company/github.ts'
import { hubspotApp, hubspotExpiredToken, hubspotRefreshToken, hubspotSeed } from '../src/company/hubspot.ts'
import { runSample } from './run-sample.ts'

const reader = 'test-reader-key'

interface Note {
  properties: { hs_note_body: string }
}

const secrets = [githubToken, hubspotApp.clientSecret, hubspotRefreshToken, hubspotExpiredToken]

describe('pnpm start', () => {
  it('triages the tickets of the emulated company and shows each call', async () => {
    const { code, stdout, stderr } = await runSample()
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toContain('scripted model')
    expect(stdout).toMatch(/hubspot +token renewed +POST \/oauth\/2026-03\/token +\d+ ms/)
    expect(stdout).toMatch(
      /hubspot +tickets\.search +POST \/crm\/objects\/2026-09\/tickets\/search +401 → 200 +\d+ ms +\d+ tokens/,
    )
    expect(stdout).toMatch(/github +issues\.create +POST \/repos\/harborworks\/billing-portal\/issues +201/)
    expect(stdout).toContain('Ticket 501, "Export drops invoices": known as #1')
    expect(stdout).toMatch(/Ticket 503, .*: opened #\d+ and noted it on the ticket\./)
    expect(stdout).not.toContain('Ticket 505')
    for (const secret of secrets) expect(stdout).not.toContain(secret)
  })

  it('takes no credential of a service from the environment, where it may serve other ends', async () => {
    const environment = { GITHUB_TOKEN: 'test-token-1', GITHUB_REPOSITORY: 'acme/web' }
    const { code, stdout } = await runSample(['--read-only'], {}, '', environment)
    expect(code).toBe(0)
    expect(stdout).toContain('github   an emulator in this process')
  })

  it('explains itself with --help', async () => {
    const { code, stdout } = await runSample(['--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('--read-only')
    expect(stdout).toContain('GITHUB_REPOSITORY')
  })

  it.each([
    [['--verbose'], {}, /--verbose.*--help/s],
    [[], { GITHUB_TOKEN: 'test-token-1' }, /set GITHUB_REPOSITORY to owner\/name/],
    [[], { HUBSPOT_CLIENT_ID: 'x' }, /HUBSPOT_CLIENT_SECRET and HUBSPOT_REFRESH_TOKEN/],
    [[], { HUBSPOT_SERVICE_KEY: 'x', HUBSPOT_BASE_URL: 'http://example.com' }, /baseUrl.*https/],
  ])('says in a sentence what to set: %j %j', async (args, environment, sentence) => {
    const { code, stdout, stderr } = await runSample(args, environment)
    expect(code).toBe(2)
    expect(stderr).toMatch(sentence)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(stdout).not.toContain('Calls')
  })
})

const readerToken = {
  token: reader,
  kind: 'serviceKey' as const,
  scopes: ['crm.objects.tickets.read', 'crm.objects.contacts.read'],
}

describe('pnpm start with credentials of its own', () => {
  let github: Awaited<ReturnType<typeof createGithubEmulator>>
  let hubspot: Awaited<ReturnType<typeof createHubspotEmulator>>
  let environment: Record<string, string>

  beforeEach(async () => {
    github = await createGithubEmulator({ seed: githubSeed })
    hubspot = await createHubspotEmulator({ seed: { ...hubspotSeed, tokens: [readerToken] } })
    environment = {
      GITHUB_TOKEN: githubToken,
      GITHUB_REPOSITORY: 'harborworks/billing-portal',
      GITHUB_BASE_URL: github.url,
      HUBSPOT_CLIENT_ID: hubspotApp.clientId,
      HUBSPOT_CLIENT_SECRET: hubspotApp.clientSecret,
      HUBSPOT_REFRESH_TOKEN: hubspotRefreshToken,
      HUBSPOT_BASE_URL: hubspot.url,
    }
  })

  afterEach(async () => {
    await Promise.all([github.close(), hubspot.close()])
  })

  const writes = () =>
    [...github.requests, ...hubspot.requests].filter(
      ({ method, path }) => method !== 'GET' && !/\/(search|token)$/.test(path),
    )

  async function notesOn(ticket: string): Promise<string[]> {
    const objects = `${hubspot.url}/crm/objects/2026-09`
    const { associations } = (await get(`${objects}/tickets/${ticket}?associations=notes`, reader)) as {
      associations?: { notes?: { results: { id: string }[] } }
    }
    const ids = new Set(associations?.notes?.results.map(({ id }) => id))
    const notes = [...ids].map((id) => get(`${objects}/notes/${id}?properties=hs_note_body`, reader))
    return (await Promise.all(notes)).map((note) => (note as Note).properties.hs_note_body)
  }

  async function get(url: string, token: string): Promise<unknown> {
    const headers = { authorization: `Bearer ${token}`, 'user-agent': 'test' }
    return (await fetch(url, { headers })).json()
  }

  it('opens one issue for each unknown problem and notes it on the ticket', async () => {
    const { code, stdout } = await runSample(['--yes'], environment)
    expect(code).toBe(0)
    expect(stdout).toContain('the real service')

    const issues = (await get(
      `${github.url}/repos/harborworks/billing-portal/issues?per_page=100`,
      githubToken,
    )) as {
      number: number
      title: string
      body: string | null
    }[]
    const opened = issues.filter(({ body }) => body?.includes('Reported in HubSpot ticket'))
    expect(opened.map(({ title }) => title).toSorted()).toEqual([
      'Invoice PDF shows the wrong currency symbol',
      'Webhook deliveries stop after a certificate change',
    ])
    const noted = await Promise.all(['503', '504'].map((ticket) => notesOn(ticket)))
    expect(noted.map((notes) => notes.length)).toEqual([1, 1])
    for (const { number } of opened) {
      expect(noted.flat().some((text) => text.includes(`GitHub issue #${number}:`))).toBe(true)
    }
    expect(await notesOn('501')).toEqual([])

    const again = await runSample(['--yes'], environment)
    expect(again.code).toBe(0)
    expect(writes(), 'a second run finds what the first one opened').toHaveLength(4)
  })

  it('asks before it writes to a real service, and takes no for an answer', async () => {
    const { code, stdout } = await runSample([], environment, 'n\nn\n')
    expect(code).toBe(0)
    expect(stdout).toContain('Allow it? [y/N]')
    expect(stdout).toContain('no issue was opened, as you said no')
    expect(writes()).toHaveLength(0)
  })

  it('has no tool that writes with --read-only', async () => {
    const { code, stdout } = await runSample(['--read-only', '--yes'], environment)
    expect(code).toBe(0)
    expect(stdout).toContain('needs write access')
    expect(writes()).toHaveLength(0)
  })

  it('says what happened when the grant is gone', async () => {
    const { code, stdout } = await runSample(['--yes'], { ...environment, HUBSPOT_REFRESH_TOKEN: 'revoked' })
    expect(stdout).toContain('connect the account again')
    expect(stdout).not.toContain('revoked-')
    expect(code).toBe(0)
    expect(writes()).toHaveLength(0)
  })
})
