import * as z from 'zod'
import {
  type Authenticator,
  clientCredentials,
  connect,
  ConnectorError,
  defineService,
  jwtBearer,
  oauth2,
} from '@agent/core'
import { GithubConnector } from '@agent/github'
import { HubspotConnector } from '@agent/hubspot'
import { forkScript, nextMessage } from './children.ts'
import { type Caller, getItem } from './example-service.ts'
import { clientId, clientSecret } from './oidc.ts'
import type { ServiceKind, StartedService } from './service-process.ts'

/** Every grant, each at a service that issues its tokens. */
export const grants: Readonly<Record<ServiceKind, string>> = {
  hubspot: 'refresh token, reusable (HubSpot emulator)',
  'hubspot-rotating': 'refresh token, single-use (HubSpot emulator)',
  'github-user': 'refresh token, single-use (GitHub emulator)',
  'github-app': 'GitHub App installation (GitHub emulator)',
  'oidc-refresh': 'refresh token, rotating, reuse detected (oidc-provider)',
  'oidc-client-credentials': 'client credentials (oidc-provider)',
  'jwt-bearer': 'JWT bearer (oidc-provider)',
}

export interface ParallelOptions {
  parallel: number
  sequential: number
  /** How old tokens must be before they are made to die early; GitHub's may be refused when they are new. */
  settleMs?: number
}

interface Burst {
  tokenRequests: number
  succeeded: number
  failed: string[]
  seconds: number
}

export interface ParallelResult {
  kind: ServiceKind
  /** All at once, when the token has expired by the clock, or there is none yet. */
  atExpiry: Burst
  /** All at once, each refused with the token that died early. */
  early: Burst
  /** One after the other, after that. */
  after: Burst
}

/** Calls at expiry and after an early death of the token, all at once. */
export async function parallel(
  kind: ServiceKind,
  { parallel: count, sequential, settleMs = 0 }: ParallelOptions,
): Promise<ParallelResult> {
  const child = forkScript('service-process.ts', kind)
  try {
    const call = callerAt(kind, await nextMessage<StartedService>(child))
    const ask = (order: 'expire' | 'count') => {
      child.send(order)
      return nextMessage<number>(child)
    }
    const burst = async (work: () => Promise<PromiseSettledResult<unknown>[]>): Promise<Burst> => {
      const before = await ask('count')
      const started = performance.now()
      const results = await work()
      const seconds = (performance.now() - started) / 1000
      const failed = results
        .filter((result) => result.status === 'rejected')
        .map(({ reason }) => (ConnectorError.isInstance(reason) ? reason.code : String(reason)))
      const tokenRequests = (await ask('count')) - before
      return { tokenRequests, succeeded: results.length - failed.length, failed, seconds }
    }
    const together = () => Promise.allSettled(Array.from({ length: count }, call))
    const inTurn = async () => {
      const results: PromiseSettledResult<unknown>[] = []
      for (let turn = 0; turn < sequential; turn++) results.push(...(await Promise.allSettled([call()])))
      return results
    }
    const atExpiry = await burst(together)
    await new Promise((resolve) => setTimeout(resolve, kind === 'github-app' ? settleMs : 0))
    await ask('expire')
    return { kind, atExpiry, early: await burst(together), after: await burst(inTurn) }
  } finally {
    child.disconnect()
  }
}

function callerAt(
  kind: ServiceKind,
  { url, apiUrl = url, refreshToken = '', privateKey = '' }: StartedService,
): Caller {
  const limits = { baseUrl: apiUrl, timeoutMs: 120_000, totalTimeoutMs: 240_000 }
  const expiresAt = new Date(Date.now() - 1000)
  const repository = { owner: 'harborworks', repo: 'billing-portal' }
  switch (kind) {
    case 'hubspot':
    case 'hubspot-rotating': {
      const auth = {
        type: 'oauth',
        clientId: 'test-client-id',
        clientSecret: 'test-client-secret',
        refreshToken: 'test-refresh-token',
      } as const
      const hubspot = new HubspotConnector({ ...limits, auth })
      return () => hubspot.contacts.list({ limit: 1 })
    }
    case 'github-user': {
      const auth = {
        type: 'oauth',
        clientId: 'test-client-id',
        clientSecret: 'test-client-secret',
        accessToken: 'test-access-token',
        refreshToken: 'test-refresh-token',
        expiresAt,
      } as const
      const github = new GithubConnector({ ...limits, auth })
      return () => github.issues.get({ ...repository, issue_number: 1 })
    }
    case 'github-app': {
      const auth = { type: 'appInstallation', appId: 7, installationId: 70, privateKey } as const
      const github = new GithubConnector({ ...limits, auth })
      return () => github.issues.get({ ...repository, issue_number: 1 })
    }
    case 'oidc-refresh':
      return plain(url, limits, oauth2({ tokenUrl: `${url}/token`, clientId, clientSecret, refreshToken }))
    case 'oidc-client-credentials': {
      const tokenParameters = { scope: 'items' }
      return plain(
        url,
        limits,
        clientCredentials({ tokenUrl: `${url}/token`, clientId, clientSecret, tokenParameters }),
      )
    }
    case 'jwt-bearer': {
      const client = { clientId, clientSecret, issuer: clientId, audience: url, privateKey }
      return plain(url, limits, jwtBearer({ tokenUrl: `${url}/token`, algorithm: 'RS256', ...client }))
    }
  }
}

function plain(url: string, options: { baseUrl: string }, authenticator: Authenticator): Caller {
  const service = defineService({
    name: 'proof',
    title: 'Proof',
    baseUrl: options.baseUrl,
    auth: () => z.custom<Authenticator>(),
    authenticate: (auth) => auth,
    origins: () => [url],
    headers: () => ({ 'user-agent': 'proof' }),
    requestIdHeader: 'x-request-id',
  })
  const connection = connect(service, { ...options, auth: authenticator })
  return () => connection.run(getItem, { item_id: 1 })
}
