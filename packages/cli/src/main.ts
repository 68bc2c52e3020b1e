import { createRequire } from 'node:module'
import { AbortError, ConnectorError } from '@agent/core'
import { CommanderError } from 'commander'
import { refuseSecrets } from './argv-secrets.ts'
import type { CliOptions, Context } from './context.ts'
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts'
import { type Handlers, programOf } from './program.ts'
import { services } from './services.ts'
import { printable } from './terminal/printable.ts'
import { terminalOf } from './terminal/terminal.ts'
import { usageError } from './usage-error.ts'

/**
 * Runs the `agent` command and answers its exit code. Never throws, and never ends the process; once `signal`
 * fires, something may still be under way that the end of the process should end.
 */
export async function runCli(options: CliOptions): Promise<ExitCode> {
  const isJson = options.argv.includes('--json')
  try {
    refuseSecrets(options.argv)
    const terminal = terminalOf(options, { isJson })
    return await run({ ...options, services: options.services ?? services, terminal })
  } catch (error) {
    report(options, error, isJson)
    return exitCodeOf(error)
  }
}

async function run(context: Context): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string }
  const handlers = handlersOf(context, (answered) => {
    code = answered
  })
  const program = programOf(handlers, version)
  const said: string[] = []
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => said.push(text),
      outputError: () => undefined,
    })
  }
  try {
    await program.parseAsync(context.argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return exitCodes.ok
    throw misused(error, said)
  }
  return code
}

/** The command is loaded when it is run. */
function handlersOf(context: Context, answer: (code: ExitCode) => void): Handlers {
  return {
    login: async (...rest) => {
      answer(await (await import('./commands/login.ts')).login(context, ...rest))
    },
    whoami: async (...rest) => {
      answer(await (await import('./commands/whoami.ts')).whoami(context, ...rest))
    },
    logout: async (...rest) => {
      answer(await (await import('./commands/logout.ts')).logout(context, ...rest))
    },
    rotate: async (...rest) => {
      answer(await (await import('./commands/rotate.ts')).rotate(context, ...rest))
    },
    doctor: async (...rest) => {
      answer(await (await import('./commands/doctor.ts')).doctor(context, ...rest))
    },
  }
}

/** A wrong use in the words of the parser, without the values that were given. */
function misused({ code, message }: CommanderError, said: readonly string[]): ConnectorError {
  if (code === 'commander.help' || code === 'commander.helpDisplayed')
    return usageError('No command was given.', said.join('').trim())
  const [problem = '', ...hints] = message.replace(/^error: /, '').split('\n')
  const withoutValues = problem
    .replace(/(unknown command) '.*'/, '$1')
    .replace(/(argument ')(?!<)[^']*(' is invalid)/, '$1…$2')
    .replace(/(unknown option '--?[\w-]*)[^']*'/, "$1'")
    .replace(/ but got \d+: .*$/, '')
  const hint = hints.join(' ').replace(/^\((.*)\)$/, '$1')
  return usageError(sentence(withoutValues), hint === '' ? 'Run it with --help to see how it is used.' : hint)
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.?!]$/.test(capital) ? capital : `${capital}.`
}

function report({ argv, stdout, stderr }: CliOptions, error: unknown, isJson: boolean): void {
  const { code, message, hint } = shownError(error)
  if (isJson) stdout.write(`${JSON.stringify({ error: { code, message, hint } }, undefined, 2)}\n`)
  else stderr.write(`${printable([`Error: ${message}`, ...(hint === undefined ? [] : [hint])].join('\n'))}\n`)
  if (argv.includes('--debug') && error instanceof Error) stderr.write(`${printable(error.stack ?? '')}\n`)
}

/** Errors of other libraries may hold what must not show. */
function shownError(error: unknown): { code: string; message: string; hint?: string | undefined } {
  if (AbortError.isInstance(error))
    return { code: error.code, message: 'Interrupted.', hint: 'Nothing is half done. Run the command again.' }
  if (ConnectorError.isInstance(error)) return error
  const name = error instanceof Error ? error.name : typeof error
  return {
    code: 'UNEXPECTED',
    message: `Something unexpected happened (${name}).`,
    hint: 'Run it with --debug to see where, and report it.',
  }
}
