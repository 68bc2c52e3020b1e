import { parseArgs } from 'node:util'

/** A sentence for the person at the terminal, in place of a stack. */
export class SettingsError extends Error {}

export interface Settings {
  help: boolean
  readOnly: boolean
  /** Writes to real services without asking. */
  yes: boolean
  environment: Readonly<Record<string, string | undefined>>
}

export const help = `Triages support tickets: reads the open HubSpot tickets, looks for matching GitHub issues,
opens an issue for a ticket that has none, and notes it on the ticket.

Usage: pnpm start [options]

  --read-only   Offer the agent no tool that writes.
  --yes         Write to real services without asking first.
  --help        Show this.

Without settings it runs against emulators of both services, driven by a scripted model.
Settings go into .env, see .env.example:
  GITHUB_ACCOUNT, as "agent login github" saved it, or GITHUB_TOKEN; and GITHUB_REPOSITORY
                                         work in a real GitHub repository
  HUBSPOT_ACCOUNT, as "agent login hubspot" saved it, or HUBSPOT_SERVICE_KEY
                                         work in a real HubSpot account
  ANTHROPIC_API_KEY, OPENAI_API_KEY or AI_GATEWAY_API_KEY
                                         let a real model drive the tools (SAMPLE_MODEL names it)

Exit codes: 0 done, 1 failed, 2 wrong settings, 130 interrupted.
`

export function readSettings(args: string[], environment: Settings['environment']): Settings {
  try {
    const { values } = parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        'read-only': { type: 'boolean', default: false },
        yes: { type: 'boolean', short: 'y', default: false },
      },
    })
    return { help: values.help, readOnly: values['read-only'], yes: values.yes, environment }
  } catch (error) {
    throw new SettingsError(
      `${error instanceof Error ? error.message : 'Wrong options'}. See pnpm start --help.`,
    )
  }
}

/** `owner/name` of the repository that the agent works in. */
export function readRepository(environment: Settings['environment']): { owner: string; repo: string } {
  const [owner, repo, ...rest] = (environment['GITHUB_REPOSITORY'] ?? '').trim().split('/')
  if (owner && repo && rest.length === 0) return { owner, repo }
  throw new SettingsError(
    'The agent is to work in a real repository of GitHub: set GITHUB_REPOSITORY to owner/name too.',
  )
}
