import type { Emulator, EmulatorOptions, OauthControls } from '../emulator.ts'
import { startEmulator } from '../server/start-emulator.ts'
import { tokenRequestsAmong } from '../server/token-requests.ts'
import { withMembers } from '../server/with-members.ts'
import { createApp } from './create-app.ts'
import { requestId } from './http/middleware.ts'
import { secondaryLimitBody } from './http/rate-limit.ts'
import type { World } from './http/scope.ts'
import { answerDevice, expireAccessTokens } from './oauth/controls.ts'
import { tokenPath } from './oauth/token-endpoint.ts'
import { buildState } from './state/build-state.ts'
import { defaultGithubSeed } from './state/default-seed.ts'
import type { GithubSeed } from './state/seed.ts'
import type { GithubState } from './state/types.ts'

export interface GithubEmulator extends Emulator<GithubState>, OauthControls {
  /** Enters a user code at the verification page and approves; throws `TypeError` for one that no device waits for. */
  approveDevice(userCode: string): void
  /** Enters a user code and denies; throws like `approveDevice`. */
  denyDevice(userCode: string): void
}

/** Starts a stateful GitHub REST API, with the paths of an Enterprise Server, and its OAuth server on the same origin. */
export async function createGithubEmulator(
  options: EmulatorOptions<GithubSeed> = {},
): Promise<GithubEmulator> {
  const { seed = defaultGithubSeed, now = Date.now } = options
  const world: World = { state: buildState(seed, now()), now }
  const emulator = await startEmulator<GithubState>({
    app: createApp(world),
    state: () => world.state,
    reset: () => {
      world.state = buildState(seed, now())
    },
    port: options.port,
    now,
    errorBody: (status, kind) => ({
      headers: { 'x-github-request-id': requestId() },
      body:
        kind === 'rate-limited'
          ? secondaryLimitBody(status)
          : {
              message: 'Server Error',
              documentation_url: 'https://docs.github.com/rest',
              status: String(status),
            },
    }),
  })
  return withMembers(emulator, {
    get tokenRequests() {
      return tokenRequestsAmong(emulator.requests, tokenPath)
    },
    get approval() {
      return world.state.approval
    },
    set approval(answer) {
      world.state.approval = answer
    },
    expireAccessTokens: () => {
      expireAccessTokens(world)
    },
    approveDevice: (userCode: string) => {
      answerDevice(world, userCode, 'approve')
    },
    denyDevice: (userCode: string) => {
      answerDevice(world, userCode, 'deny')
    },
    revokeToken(token: string) {
      const { tokens, refreshTokens } = world.state
      const known = tokens.delete(token) || refreshTokens.delete(token)
      if (!known) throw new TypeError('The emulator knows no such token.')
    },
  })
}
