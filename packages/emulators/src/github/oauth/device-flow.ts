import { createHash } from 'node:crypto'
import type { GithubApp, World } from '../http/scope.ts'
import { commitSha, nextId } from '../state/identifiers.ts'
import type { Device, GithubState, OauthApp } from '../state/types.ts'
import { findClient, grantFor } from './clients.ts'
import { issueTokens } from './issue-tokens.ts'
import {
  type Answer,
  deviceFailure,
  incorrectCredentials,
  type Parameters,
  readParameters,
  send,
} from './oauth-protocol.ts'

export const deviceGrantType = 'urn:ietf:params:oauth:grant-type:device_code'
const lifeSeconds = 900
const slowDownSeconds = 5

/**
 * Where a device begins a login.
 * @see https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#device-flow
 */
export function serveDeviceFlow(app: GithubApp, world: World): void {
  app.post('/login/device/code', async (c) => {
    const { origin } = new URL(c.req.url)
    return send(c, beginLogin(world.state, await readParameters(c), origin, world.now()))
  })
}

function beginLogin(state: GithubState, parameters: Parameters, origin: string, now: number): Answer {
  const app = findClient(state, parameters['client_id'])
  if (!app) return incorrectCredentials()
  if (!app.hasDeviceFlow) {
    return deviceFailure('device_flow_disabled', 'Device Flow must be explicitly enabled for this App')
  }
  const id = nextId(state)
  const device: Device = {
    deviceCode: commitSha('device', id),
    userCode: userCodeOf(id),
    clientId: app.clientId,
    grant: grantFor(app, parameters['scope']),
    interval: state.deviceInterval,
    polledAt: undefined,
    approvedBy: undefined,
    isDenied: false,
    expiresAt: now + lifeSeconds * 1000,
  }
  state.devices.set(device.deviceCode, device)
  return {
    device_code: device.deviceCode,
    user_code: device.userCode,
    verification_uri: `${origin}/login/device`,
    expires_in: lifeSeconds,
    interval: device.interval,
  }
}

/** What a device that asks for its token is told; a token is handed out once. */
export function pollDevice(state: GithubState, app: OauthApp, deviceCode: unknown, now: number): Answer {
  if (!app.hasDeviceFlow) {
    return deviceFailure('device_flow_disabled', 'Device Flow must be explicitly enabled for this App')
  }
  const device = typeof deviceCode === 'string' ? state.devices.get(deviceCode) : undefined
  if (device?.clientId !== app.clientId) {
    return deviceFailure('incorrect_device_code', 'The device_code provided is not valid.')
  }
  if (device.expiresAt <= now) {
    return deviceFailure('expired_token', 'The device_code has expired.')
  }
  if (cameTooSoon(device, now)) {
    device.interval += slowDownSeconds
    const problem = 'Too many requests have been made in the same timeframe.'
    return { ...deviceFailure('slow_down', problem), interval: device.interval }
  }
  if (device.isDenied) {
    return deviceFailure('access_denied', 'The authorization request was denied.')
  }
  if (device.approvedBy === undefined) {
    return deviceFailure('authorization_pending', 'The authorization request is still pending.')
  }
  state.devices.delete(device.deviceCode)
  const { grant, approvedBy: login } = device
  const { clientId, tokensExpire: expires } = app
  return issueTokens(state, { clientId, login, grant, expires, isOfDevice: true, now })
}

/** Also notes when it came. */
function cameTooSoon(device: Device, now: number): boolean {
  const { polledAt, interval } = device
  device.polledAt = now
  return polledAt !== undefined && now - polledAt < interval * 1000
}

const letters = 'BCDFGHJKLMNPQRSTVWXZ'

/** `XXXX-XXXX`, without vowels. */
function userCodeOf(id: number): string {
  const bytes = createHash('sha256').update(`user code ${id}`).digest().subarray(0, 8)
  const code = [...bytes].map((byte) => letters[byte % letters.length]).join('')
  return `${code.slice(0, 4)}-${code.slice(4)}`
}
