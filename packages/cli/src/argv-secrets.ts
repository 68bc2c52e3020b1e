import { usageError } from './usage-error.ts'

const safeWays: Readonly<Record<string, string>> = {
  '--token': '--token-file <file> or --token-stdin',
  '--access-token': '--token-file <file> or --token-stdin',
  '--personal-access-token': '--token-file <file> or --token-stdin',
  '--api-key': '--token-file <file> or --token-stdin',
  '--service-key': '--token-file <file> or --token-stdin',
  '--key': '--token-file <file> or --token-stdin',
  '--client-secret': '--client-secret-file <file> or --secret-stdin',
  '--secret': '--client-secret-file <file> or --secret-stdin',
  '--refresh-token': 'agent login, which gets a refresh token of its own',
  '--password': 'the prompt: leave the option out',
}

/** Throws ConfigError for a secret among the arguments: other users of the machine can see them. */
export function refuseSecrets(argv: readonly string[]): void {
  for (const argument of argv) {
    if (argument === '--') return
    const [name = ''] = argument.split('=', 1)
    const way = Object.hasOwn(safeWays, name) ? safeWays[name] : undefined
    if (way === undefined) continue
    throw usageError(
      `${name} is refused: other users can see the arguments of a command, and the shell keeps them.`,
      `Use ${way}. If what you typed was a real secret, replace it.`,
    )
  }
}
