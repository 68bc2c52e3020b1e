import type { ConnectorError } from '@agent/core'
import {
  createHubspotEmulator,
  defaultHubspotSeed,
  type HubspotEmulator,
  type HubspotSeed,
} from '@agent/emulators'
import { expect, onTestFinished } from 'vitest'
import { HubspotConnector } from '../src/index.ts'

type Options = ConstructorParameters<typeof HubspotConnector>[0]

/** An emulated account, closed when the test ends. */
export async function startHubspot(seed: HubspotSeed = {}): Promise<HubspotEmulator> {
  const emulator = await createHubspotEmulator({ seed: { ...defaultHubspotSeed, ...seed } })
  onTestFinished(() => emulator.close())
  return emulator
}

export const serviceKey = { type: 'serviceKey', key: 'test-service-key' } as const

export const oauth = {
  type: 'oauth',
  clientId: 'test-client-id',
  clientSecret: 'test-client-secret',
  refreshToken: 'test-refresh-token',
} as const

/** A connector to an emulator; drift is an error, so that an answer that does not fit fails the test. */
export const connectTo = ({ url }: HubspotEmulator, options: Partial<Options> = {}) =>
  new HubspotConnector({ baseUrl: url, auth: serviceKey, drift: 'error', backoffMs: 1, ...options })

/** A call as a model makes it: names and parameters are known at run time only. */
export const callByName = async (
  connector: HubspotConnector,
  entity: string,
  action: string,
  params: unknown,
): Promise<unknown> => (await connector.execute(entity, action, params)).data

/** The error a call ends with. */
export async function failure(call: PromiseLike<unknown>): Promise<ConnectorError> {
  const outcome: unknown = await call.then(
    () => 'no error',
    (error: unknown) => error,
  )
  expect(outcome).toBeInstanceOf(Error)
  return outcome as ConnectorError
}

export const tokenRequests = ({ requests }: HubspotEmulator) =>
  requests.filter(({ path }) => path === '/oauth/2026-03/token')

export const apiRequests = ({ requests }: HubspotEmulator) =>
  requests.filter(({ path }) => path.startsWith('/crm/'))
