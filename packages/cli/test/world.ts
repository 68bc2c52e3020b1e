import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { listSavedCredentials, readSavedCredential, type SavedCredential } from '@agent/core'
import { localStore } from '@agent/core/node'
import {
  createGithubEmulator,
  createHubspotEmulator,
  defaultGithubSeed,
  type GithubEmulator,
  type HubspotEmulator,
} from '@agent/emulators'
import { github } from '@agent/github'
import { hubspot } from '@agent/hubspot'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { type CliOptions, runCli } from '../src/index.ts'

export interface Ran {
  code: number
  stdout: string
  stderr: string
}

interface Running {
  ended: Promise<Ran>
  /** Resolves with the match once standard error has it. */
  said(pattern: RegExp): Promise<RegExpExecArray>
  interrupt(): void
}

interface RunOptions extends Partial<Pick<CliOptions, 'openPage' | 'fetch' | 'services'>> {
  /** Standard input, where it is piped. */
  input?: string
  environment?: Record<string, string>
}

/** Emulated services, and a home of its own, for every test of a file. */
export interface World {
  readonly github: GithubEmulator
  readonly hubspot: HubspotEmulator
  /** Of this test alone. */
  readonly directory: string
  readonly environment: Record<string, string>
  start(argv: readonly string[], options?: RunOptions): Running
  run(argv: readonly string[], options?: RunOptions): Promise<Ran>
  /** What is saved, secrets included. */
  saved(): Promise<SavedCredential[]>
  /** Has what a process printed looked through for secrets. */
  watch(printed: string): void
}

const seedSecrets = [
  'test-token-1',
  'test-token-no-scopes',
  'test-token-fine-grained',
  'test-client-secret',
  'test-oauth-app-secret',
  'test-service-key',
  'test-private-app-token',
  'test-refresh-token',
]

export function useWorld(): World {
  let githubEmulator: GithubEmulator | undefined
  let hubspotEmulator: HubspotEmulator | undefined
  let directory = ''
  const printed: string[] = []
  const secrets = new Set(seedSecrets)
  const environment = () => ({ XDG_CONFIG_HOME: directory, PATH: process.env['PATH'] ?? '' })

  async function saved(): Promise<SavedCredential[]> {
    const store = localStore({ environment: environment() })
    const found: SavedCredential[] = []
    for await (const { service, account, issuer } of listSavedCredentials(store)) {
      const target = service === 'github' ? github : hubspot
      found.push(await readSavedCredential(store, target, { account, baseUrl: issuer }))
    }
    for (const { auth } of found) {
      for (const [field, value] of Object.entries(auth)) {
        if (typeof value === 'string' && !['type', 'clientId'].includes(field)) secrets.add(value)
      }
    }
    return found
  }

  function start(argv: readonly string[], options: RunOptions = {}): Running {
    const { input, environment: more = {}, ...given } = options
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
    stdin.end(input ?? '')
    const texts = { stdout: '', stderr: '' }
    const listeners = new Set<() => void>()
    stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()))
    stderr.on('data', (chunk: Buffer) => {
      texts.stderr += chunk.toString()
      for (const listener of listeners) listener()
    })
    const aborting = new AbortController()
    const running = runCli({
      argv,
      environment: { ...environment(), ...more },
      stdin,
      stdout,
      stderr,
      workingDirectory: directory,
      signal: aborting.signal,
      fetch: (request) => fetch(request),
      openPage: () => Promise.resolve(),
      ...given,
    })
    return {
      ended: running.then((code) => {
        printed.push(texts.stdout, texts.stderr)
        return { code, ...texts }
      }),
      said: (pattern) =>
        new Promise((resolve, reject) => {
          void running.then(() => {
            reject(new Error(`It ended without saying ${String(pattern)}: ${texts.stderr}`))
          })
          const look = () => {
            const match = pattern.exec(texts.stderr)
            if (match) resolve(match)
          }
          listeners.add(look)
          look()
        }),
      interrupt() {
        aborting.abort()
      },
    }
  }

  beforeAll(async () => {
    githubEmulator = await createGithubEmulator({ seed: { ...defaultGithubSeed, deviceInterval: 1 } })
    hubspotEmulator = await createHubspotEmulator()
  })
  beforeEach(() => {
    githubEmulator?.reset()
    hubspotEmulator?.reset()
    directory = mkdtempSync(join(tmpdir(), 'agent-cli-'))
  })
  afterEach(async () => {
    // Throws for a damaged record, which some tests make.
    await saved().catch(() => undefined)
    const text = printed.splice(0).join('\n')
    rmSync(directory, { recursive: true, force: true })
    for (const secret of secrets) expect(text).not.toContain(secret)
  })
  afterAll(async () => {
    await githubEmulator?.close()
    await hubspotEmulator?.close()
  })

  const emulator = <T>(running: T | undefined): T => {
    if (running === undefined) throw new Error('The emulators run only within tests.')
    return running
  }
  return {
    get github() {
      return emulator(githubEmulator)
    },
    get hubspot() {
      return emulator(hubspotEmulator)
    },
    get directory() {
      return directory
    },
    get environment() {
      return environment()
    },
    start,
    run: (argv, options) => start(argv, options).ended,
    saved,
    watch(text) {
      printed.push(text)
    },
  }
}

/** Plays the browser of a user: opens the page, and follows it back. */
export async function browse(url: string): Promise<Response> {
  const page = await fetch(url, { redirect: 'manual' })
  return fetch(page.headers.get('location') ?? '', { redirect: 'manual' })
}

export const json = ({ stdout }: Ran): Record<string, unknown> =>
  JSON.parse(stdout) as Record<string, unknown>

export const hintOf = (ran: Ran): string => (json(ran)['error'] as { hint: string }).hint
