import { AbortError, ConfigError, ConnectorError } from '@agent/core'

/** What the command answers to the shell. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  needsLogin: 3,
  findings: 4,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export const exitCodesHelp = `
Exit codes:
  0    done
  1    failed
  2    the command was used wrongly
  3    an account must be connected (again): run agent login
  4    agent doctor found problems
  130  interrupted (143 by SIGTERM)`

const needsLogin: readonly string[] = ['AUTH_REJECTED', 'REAUTH_REQUIRED', 'RECORD_MISSING']

export function exitCodeOf(error: unknown): ExitCode {
  if (AbortError.isInstance(error)) return exitCodes.interrupted
  if (ConfigError.isInstance(error)) return exitCodes.usage
  if (isLoginNeeded(error)) return exitCodes.needsLogin
  return exitCodes.failed
}

/** True where nothing but a new login helps. */
export const isLoginNeeded = (error: unknown): error is ConnectorError =>
  ConnectorError.isInstance(error) && needsLogin.includes(error.code)
