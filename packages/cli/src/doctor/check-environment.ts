import type { Context } from '../context.ts'
import type { Finding } from './finding.ts'

/** Secrets of the services in the environment, by name: every process that is started from here gets them. */
export function checkEnvironment({ environment, services }: Context): Finding[] {
  const prefixes = Object.keys(services).map((name) => `${name.toUpperCase()}_`)
  return Object.entries(environment)
    .filter(([name, value]) => value !== undefined && value !== '' && isSecret(name, prefixes))
    .map(([name]) => ({
      level: 'note',
      check: 'environment',
      subject: name,
      message: 'Is set in the environment, where every process started from here can read it.',
      fix: `Save it with agent login and --token-stdin, then unset ${name}.`,
    }))
}

const isSecret = (name: string, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => name.startsWith(prefix)) && /_(TOKEN|SECRET|KEY)$/.test(name)
