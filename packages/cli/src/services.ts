import type { ServiceLogin } from '@agent/core'
import { usageError } from './usage-error.ts'

export type ServiceRegistry = Readonly<Record<string, () => Promise<ServiceLogin>>>

/** Every service that can be connected. A new one is a line here. */
export const services: ServiceRegistry = {
  github: async () => (await import('@agent/github/login')).githubLogin,
  hubspot: async () => (await import('@agent/hubspot/login')).hubspotLogin,
}

/** Throws ConfigError for a service that is not known. */
export async function loginOf(registry: ServiceRegistry, name: string): Promise<ServiceLogin> {
  const load = Object.hasOwn(registry, name) ? registry[name] : undefined
  if (load) return load()
  throw usageError('There is no such service.', `Known: ${Object.keys(registry).join(', ')}.`)
}
