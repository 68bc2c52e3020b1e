import { type Authenticator, deferred, type TokenKeeper } from '@agent/core'
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
  // What signs is loaded with the first token.
  return deferred(async () => {
    const { installationToken } = await import('./installation-token.ts')
    return installationToken(config, baseUrl, settings)
  })
}
