import { type Authenticator, lazy, renewable, type TokenKeeper } from '@agent/core'
import type { AppInstallationConfig } from './config.ts'

export interface AppInstallationSettings {
  /** How old a token must be before a 401 means that it is dead; 5 seconds unless told. */
  settleMs?: number
  /** Keeps the tokens of a stored credential. */
  tokenKeeper?: TokenKeeper | undefined
  /** Wall clock, milliseconds since the epoch. */
  now?: () => number
}

/**
 * Tokens of one installation at one host in one narrowing: each authenticator keeps its own, so none is ever
 * sent to another host or used beyond its narrowing.
 */
export function appInstallation(
  config: AppInstallationConfig,
  baseUrl: URL,
  settings: AppInstallationSettings = {},
): Authenticator {
  // Loaded with the first token: who uses another kind never loads what signs.
  const minter = lazy(() => import('./minter.ts').then(({ Minter }) => new Minter(config, baseUrl, settings)))
  const tokens = renewable({
    grant: {
      url: baseUrl.href,
      missing: () => undefined,
      request: async (_, ...given) => (await minter()).mint(...given),
    },
    now: settings.now,
    tokenKeeper: settings.tokenKeeper,
  })
  return {
    ...tokens,
    onUnauthorized: async (...given) => (await minter()).replace(tokens, ...given),
  }
}
