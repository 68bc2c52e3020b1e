import type { Emulator, EmulatorOptions } from '../emulator.ts'
import { startEmulator } from '../server/start-emulator.ts'
import { createApp } from './create-app.ts'
import { requestId } from './http/middleware.ts'
import { secondaryLimitBody } from './http/rate-limit.ts'
import type { World } from './http/scope.ts'
import { buildState } from './state/build-state.ts'
import { defaultGithubSeed } from './state/default-seed.ts'
import type { GithubSeed } from './state/seed.ts'
import type { GithubState } from './state/types.ts'

export interface GithubEmulator extends Emulator<GithubState> {
  /** Makes an access token fail with 401, or a refresh token with `bad_refresh_token`, from now on. */
  revokeToken(token: string): void
}

/** Starts a stateful GitHub REST API, with the paths of an Enterprise Server and the OAuth token endpoint. */
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
  return Object.assign(emulator, {
    revokeToken(token: string) {
      const { tokens, refreshTokens } = world.state
      const known = tokens.delete(token) || refreshTokens.delete(token)
      if (!known) throw new TypeError('The emulator knows no such token.')
    },
  })
}
