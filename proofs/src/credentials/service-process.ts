// One of the services that the parallel proof asks, in a process of its own.
import { generateKeyPairSync } from 'node:crypto'
import {
  createGithubEmulator,
  createHubspotEmulator,
  defaultGithubSeed,
  defaultHubspotSeed,
} from '@agent/emulators'
import { startOidc } from './oidc.ts'

export type ServiceKind =
  | 'hubspot'
  | 'hubspot-rotating'
  | 'github-user'
  | 'github-app'
  | 'oidc-refresh'
  | 'oidc-client-credentials'
  | 'jwt-bearer'

export interface StartedService {
  url: string
  /** Of the API, where it is another server. */
  apiUrl?: string
  refreshToken?: string
  privateKey?: string
}

interface Running {
  started: StartedService
  tokenRequests: () => number
  expire: () => void
}

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })

async function start(kind: ServiceKind): Promise<Running> {
  switch (kind) {
    case 'hubspot':
    case 'hubspot-rotating': {
      const seed = { ...defaultHubspotSeed, rotateRefreshTokens: kind === 'hubspot-rotating' }
      const emulator = await createHubspotEmulator({ seed })
      return running(emulator, { url: emulator.url })
    }
    case 'github-user': {
      const emulator = await createGithubEmulator({ seed: { ...defaultGithubSeed, rateLimit } })
      return running(emulator, { url: emulator.url })
    }
    case 'github-app': {
      const publicKey = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString()
      const privateKey = keys.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
      const apps = [{ appId: 7, slug: 'proof', publicKey }]
      const installations = [
        { id: 70, appId: 7, account: 'harborworks', permissions: { issues: 'write' } as const },
      ]
      const emulator = await createGithubEmulator({
        seed: { ...defaultGithubSeed, rateLimit, apps, installations },
      })
      const mints = () => emulator.requests.filter(({ path }) => path.endsWith('/access_tokens')).length
      return { ...running(emulator, { url: emulator.url, privateKey }), tokenRequests: mints }
    }
    default: {
      const oidc = await startOidc(keys)
      return { ...oidc, started: { ...oidc.started, privateKey: oidc.privateKey } }
    }
  }
}

const rateLimit = { core: 10_000_000 }

interface Emulator {
  tokenRequests: { length: number }
  expireAccessTokens: () => void
}

const running = (emulator: Emulator, started: StartedService): Running => ({
  started,
  tokenRequests: () => emulator.tokenRequests.length,
  expire: () => {
    emulator.expireAccessTokens()
  },
})

const service = await start(JSON.parse(process.argv[2] ?? '') as ServiceKind)
process.on('message', (order: 'expire' | 'count') => {
  if (order === 'expire') service.expire()
  process.send?.(service.tokenRequests())
})
process.on('disconnect', () => process.exit())
process.send?.(service.started)
