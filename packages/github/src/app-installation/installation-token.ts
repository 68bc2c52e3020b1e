import { type Authenticator, renewable } from '@agent/core'
import type { AppInstallationSettings } from './app-installation.ts'
import type { AppInstallationConfig } from './config.ts'
import { Minter } from './minter.ts'

/** The authenticator behind `appInstallation`. */
export function installationToken(
  config: AppInstallationConfig,
  baseUrl: URL,
  settings: AppInstallationSettings,
): Authenticator {
  const minter = new Minter(config, baseUrl, settings)
  const tokens = renewable({
    ...settings,
    grant: {
      url: baseUrl.href,
      missing: () => undefined,
      request: (_, ...given) => minter.mint(...given),
    },
  })
  return { ...tokens, onUnauthorized: (...given) => minter.replace(tokens, ...given) }
}
