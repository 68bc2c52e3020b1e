import { Hono } from 'hono'
import type { HttpBindings } from '@hono/node-server'
import type { Emulator, EmulatorOptions, OauthControls } from '../emulator.ts'
import { startEmulator } from '../server/start-emulator.ts'
import { tokenRequestsAmong } from '../server/token-requests.ts'
import { withMembers } from '../server/with-members.ts'
import type { Account, HubspotState } from './account/state.ts'
import { HubspotError, type ErrorCategory } from './http/hubspot-error.ts'
import { limitExceeded } from './http/rate-limits.ts'
import { createHubspotApp } from './hubspot-app.ts'
import { expireAccessTokens } from './oauth/expire-access-tokens.ts'
import { createState } from './seed/create-state.ts'
import { defaultHubspotSeed } from './seed/default-seed.ts'
import type { HubspotSeed } from './seed/hubspot-seed.ts'

export type HubspotEmulator = Emulator<HubspotState> & OauthControls

const tokenPath = /^\/oauth\/[^/]+\/token$/

const categoryOf: Readonly<Record<number, ErrorCategory>> = {
  400: 'VALIDATION_ERROR',
  401: 'INVALID_AUTHENTICATION',
  403: 'MISSING_SCOPES',
  404: 'OBJECT_NOT_FOUND',
  409: 'CONFLICT',
}

/**
 * Starts an emulated HubSpot account on loopback, which answers on the date-based and on the numeric paths.
 * @see https://developers.hubspot.com/docs/api-reference/overview
 */
export async function createHubspotEmulator(
  options: EmulatorOptions<HubspotSeed> = {},
): Promise<HubspotEmulator> {
  const now = options.now ?? Date.now
  const freshState = () => createState(options.seed ?? defaultHubspotSeed, now)
  const account: Account = { state: freshState(), now }
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.route('/', createHubspotApp(account))
  const emulator = await startEmulator<HubspotState>({
    app,
    state: () => account.state,
    reset: () => {
      account.state = freshState()
    },
    port: options.port,
    now,
    errorBody: (status, kind) => {
      const correlationId = crypto.randomUUID()
      const error =
        kind === 'rate-limited'
          ? limitExceeded('TEN_SECONDLY_ROLLING')
          : new HubspotError(status, categoryOf[status], status < 500 ? 'request refused' : 'internal error')
      return { headers: { 'X-HubSpot-Correlation-Id': correlationId }, body: error.toBody(correlationId) }
    },
  })
  return withMembers(emulator, {
    get tokenRequests() {
      return tokenRequestsAmong(emulator.requests, tokenPath)
    },
    get approval() {
      return account.state.approval
    },
    set approval(answer) {
      account.state.approval = answer
    },
    expireAccessTokens: () => {
      expireAccessTokens(account)
    },
    revokeToken(token: string) {
      const { accessTokens, refreshTokens } = account.state
      const found = accessTokens.get(token) ?? refreshTokens.get(token)
      if (found === undefined) throw new TypeError('The emulator knows no such token.')
      found.revoked = true
    },
  })
}
