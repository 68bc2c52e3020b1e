import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'

/** `.env` beside the README, unless SAMPLE_ENV_FILE names another. */
const file = process.env['SAMPLE_ENV_FILE'] ?? fileURLToPath(new URL('../../../.env', import.meta.url))

/**
 * The environment, with what `.env` holds. Credentials of the services count only from there: many machines
 * set GITHUB_TOKEN for other ends, and this app writes.
 */
export function loadEnvironment(): Record<string, string | undefined> {
  if (!existsSync(file)) return withoutServices()
  process.loadEnvFile(file)
  return { ...withoutServices(), ...parseEnv(readFileSync(file, 'utf8')) }
}

function withoutServices(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(GITHUB|HUBSPOT)_/.test(name)))
}
