import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { connect } from '@agent/core'
import { defaultGithubSeed, type GithubEmulator, type GithubSeed } from '@agent/emulators'
import { appInstallation, type AppInstallationSettings } from '../src/app-installation/app-installation.ts'
import { github, type GithubAppInstallationAuthConfig, GithubConnector } from '../src/index.ts'

export type Pem = 'pkcs1' | 'pkcs8'

export const makeKeys = (modulusLength = 2048) => generateKeyPairSync('rsa', { modulusLength })

export const pemOf = (key: KeyObject, type: Pem = 'pkcs1') => key.export({ type, format: 'pem' }).toString()

export const publicPemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()

/** An app of everybody's, installed on the organization with both repositories and on a user. */
export function seedWithApp(publicKey: string): GithubSeed {
  const permissions = { issues: 'write', pull_requests: 'read', administration: 'read' } as const
  return {
    ...defaultGithubSeed,
    apps: [
      { appId: 7, clientId: 'test-app-client-id', slug: 'triage-helper', publicKey },
      { appId: 8, slug: 'other-app', publicKey },
    ],
    installations: [
      { id: 70, appId: 7, account: 'harborworks', permissions },
      { id: 71, appId: 7, account: 'maria-silva', permissions: { issues: 'read' } },
      { id: 72, appId: 7, account: 'tom-becker', permissions, suspended: true },
    ],
  }
}

type Auth = Omit<GithubAppInstallationAuthConfig, 'type'>

/** A connector at an emulator as the app. */
export const connectorOf = (emulator: GithubEmulator, auth: Auth, path = '') =>
  new GithubConnector({
    baseUrl: emulator.url + path,
    auth: { type: 'appInstallation', ...auth },
    drift: 'error',
    backoffMs: 0,
  })

/** A connection whose clock, and whose trust in young tokens, are the test's. */
export function connectionOf(emulator: GithubEmulator, auth: Auth, settings: AppInstallationSettings) {
  const service = {
    ...github,
    authenticate: (config: Parameters<typeof github.authenticate>[0], { baseUrl }: { baseUrl: URL }) => {
      if (config.type !== 'appInstallation') throw new TypeError('The tests connect as an app alone.')
      return appInstallation(config, baseUrl, settings)
    },
  }
  const options = { baseUrl: emulator.url, auth: { type: 'appInstallation', ...auth } as const, backoffMs: 0 }
  return connect(service, options)
}

const isMint = ({ method, path }: { method: string; path: string }) =>
  method === 'POST' && path.endsWith('/access_tokens')

export const mintsOf = (emulator: GithubEmulator) => emulator.requests.filter(isMint)

/** Tokens that the emulator minted and still knows, newest last. */
export const tokensOf = (emulator: GithubEmulator) =>
  [...emulator.state.tokens.values()].filter(({ installationId }) => installationId !== undefined)
