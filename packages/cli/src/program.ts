import { Command, InvalidArgumentError, Option } from 'commander'
import type { doctor, DoctorFlags } from './commands/doctor.ts'
import type { logout, LogoutFlags } from './commands/logout.ts'
import type { whoami, WhoamiFlags } from './commands/whoami.ts'
import type { CommonFlags } from './context.ts'
import { type ExitCode, exitCodesHelp } from './exit-codes.ts'
import type { LoginFlags } from './login/login-flags.ts'

type Rest<F> = F extends (context: never, ...rest: infer R) => Promise<ExitCode> ? R : never

/** What the commands do, once their arguments are read. */
export interface Handlers {
  login: (service: string, flags: LoginFlags) => Promise<void>
  whoami: (...rest: Rest<typeof whoami>) => Promise<void>
  logout: (...rest: Rest<typeof logout>) => Promise<void>
  rotate: (flags: CommonFlags) => Promise<void>
  doctor: (...rest: Rest<typeof doctor>) => Promise<void>
}

/** The command line: names, options and help. */
export function programOf(handlers: Handlers, version: string): Command {
  const program = new Command('agent')
    .description('Connects accounts for AI agents and looks after their credentials.')
    .version(version)
    .addHelpText('after', exitCodesHelp)
    .exitOverride()
    .showSuggestionAfterError()
  addLogin(program, handlers)
  addOthers(program, handlers)
  return program
}

function addLogin(program: Command, { login }: Handlers): void {
  const command = program
    .command('login <service>')
    .description(
      'Connect an account: by device flow or browser, or with a token that you made at the service.',
    )
    .option('--account <name>', 'name to save it under; whose it is, unless told')
    .option('--scopes <names>', 'scopes to ask for, comma-separated')
    .option('--actions <names>', 'ask for no more than these need, such as issues.list,issues.create')
    .option('--read-only', 'ask for no more than reading needs')
    .addOption(new Option('--browser', 'log in by the browser on this machine').conflicts('device'))
    .option('--device', 'log in by a code, on any device')
    .option(
      '--port <number>',
      'port of 127.0.0.1 that the browser comes back to; a free one unless told',
      port,
    )
    .option(
      '--redirect-uri <url>',
      'redirect URI as registered; http://127.0.0.1:<port>/callback unless told',
    )
    .option('--client-id <id>', 'of your OAuth app; else GITHUB_CLIENT_ID or HUBSPOT_CLIENT_ID')
    .option('--client-secret-file <file>', 'read the client secret from a file')
    .option('--secret-stdin', 'read the client secret from standard input')
    .option('--kind <type>', 'paste a credential of this kind, such as personalAccessToken or serviceKey')
    .option('--token-file <file>', 'read the credential to paste from a file')
    .option('--token-stdin', 'read the credential to paste from standard input')
    .option('--base-url <url>', 'another server of the same API, such as an enterprise installation')
    .option('--timeout <seconds>', 'how long to wait for the user', seconds, 300)
    .option('--no-open', 'do not open the browser; the address is printed in any case')
  common(command).action(async (service: string, flags: LoginFlags) => login(service, flags))
}

function addOthers(program: Command, { whoami, logout, rotate, doctor }: Handlers): void {
  selecting(program.command('whoami [service]'))
    .description('Show whose credentials are saved, and whether they work.')
    .option('--offline', 'tell what is saved, without asking the services')
    .action(async (service: string | undefined, flags: WhoamiFlags) => whoami(service, flags))
  selecting(program.command('logout <service>'))
    .description('Revoke a credential at its service, and delete it here.')
    .option('--keep-remote', 'do not revoke it, only delete it here')
    .option('--revoke', 'revoke it even if it was made by hand, such as a personal access token')
    .option('--force', 'delete it here even where the service does not revoke it')
    .action(async (service: string, flags: LogoutFlags) => logout(service, flags))
  common(program.command('rotate'))
    .description('Encrypt everything that is saved under a new key, and remove the old ones.')
    .action(async (flags: CommonFlags) => rotate(flags))
  selecting(program.command('doctor [service]'))
    .description('Find what is wrong with the saved credentials and with how they are kept.')
    .option('--actions <names>', 'actions in use, such as issues.list,issues.*; all unless told')
    .option('--read-only', 'only actions that read are in use')
    .option('--offline', 'look at what is saved, without asking the services')
    .action(async (service: string | undefined, flags: DoctorFlags) => doctor(service, flags))
}

const selecting = (command: Command) =>
  common(command)
    .option('--account <name>', 'name that it is saved under')
    .option('--base-url <url>', 'server that it belongs to')

const common = (command: Command) =>
  command
    .option(
      '--store <directory>',
      'where credentials are kept; agent/credentials in your configuration directory unless told',
    )
    .option('--json', 'print one JSON document')
    .option('--debug', 'show where an error comes from')
    .addHelpText('after', exitCodesHelp)

function port(text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= 65_535) return value
  throw new InvalidArgumentError('Expected a number up to 65535.')
}

function seconds(text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value > 0 && value <= 86_400) return value
  throw new InvalidArgumentError('Expected a whole number of seconds, up to a day.')
}
