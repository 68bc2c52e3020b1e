import { ConnectorError, type CredentialStore } from '@agent/core'
import { localCredentials } from '../credentials/local-credentials.ts'
import { openSaved } from '../credentials/open-saved.ts'
import type { Context, CredentialFlags } from '../context.ts'
import { checkCredential, type CredentialCheck } from '../doctor/check-credential.ts'
import { checkEnvFiles } from '../doctor/check-env-files.ts'
import { checkEnvironment } from '../doctor/check-environment.ts'
import { checkFiles } from '../doctor/check-files.ts'
import type { Finding } from '../doctor/finding.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { chosenActions } from '../login/chosen-actions.ts'
import type { Line } from '../terminal/terminal.ts'
import { usageError } from '../usage-error.ts'
import { loginOf } from '../services.ts'

export interface DoctorFlags extends CredentialFlags {
  actions?: string
  readOnly?: true
  offline?: true
}

/** `agent doctor`: what is wrong with the saved credentials and with how they are kept. */
export async function doctor(
  context: Context,
  service: string | undefined,
  flags: DoctorFlags,
): Promise<ExitCode> {
  // Before anything is looked at.
  if (service !== undefined) chosenActions(await loginOf(context.services, service), flags)
  else if (flags.actions !== undefined)
    throw usageError('--actions needs a service.', 'Run: agent doctor <service> --actions …')
  const { store, directories } = localCredentials(context, flags)
  const kept = [
    ...(await checkFiles(directories)),
    ...(await checkEnvFiles(context)),
    ...checkEnvironment(context),
  ]
  const { checks, failed } = await checkCredentials(context, store, service, flags)
  const findings = [...checks.flatMap((check) => check.findings), ...failed, ...kept]
  const credentials = checks.map(({ credential }) => credential)
  context.terminal.result({ credentials, findings }, linesOf(checks, findings))
  return findings.some(({ level }) => level === 'problem') ? exitCodes.findings : exitCodes.ok
}

async function checkCredentials(
  context: Context,
  store: CredentialStore,
  service: string | undefined,
  flags: DoctorFlags,
): Promise<{ checks: CredentialCheck[]; failed: Finding[] }> {
  const checks: CredentialCheck[] = []
  const isChosen = flags.actions !== undefined || flags.readOnly === true
  const isOffline = flags.offline === true
  try {
    for await (const opened of openSaved(context, store, service, flags)) {
      const actions = chosenActions(opened.login, flags)
      checks.push(await checkCredential(context, opened, { actions, isChosen, isOffline }))
    }
  } catch (error) {
    // What is wrong with the store is a finding too.
    const isStore = ConnectorError.isInstance(error) && /^(STORE|RECORD)_/.test(error.code)
    if (!isStore) throw error
    const { message, hint = '' } = error
    return {
      checks,
      failed: [{ level: 'problem', check: 'store', subject: 'credentials', message, fix: hint }],
    }
  }
  return { checks, failed: [] }
}

function linesOf(checks: readonly CredentialCheck[], findings: readonly Finding[]): Line[] {
  const looked = checks.map(
    ({ credential: { service, account, type, state } }) =>
      `${service} ${account}: ${type}, ${state.replace('_', ' ')}`,
  )
  const problems = findings.filter(({ level }) => level === 'problem').length
  return [
    ...(looked.length > 0 ? looked : ['No account is connected.']),
    ...findings.flatMap(({ level, subject, message, fix }): Line[] => [
      {
        text: `${level === 'problem' ? 'Problem' : 'Note'}: ${subject}`,
        style: level === 'problem' ? 'red' : 'yellow',
      },
      `  ${message}`,
      `  ${fix}`,
    ]),
    problems === 0 ? 'No problems found.' : `${problems === 1 ? '1 problem' : `${problems} problems`} found.`,
  ]
}
