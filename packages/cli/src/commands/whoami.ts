import { ConnectorError, type CredentialReport, type CredentialSummary } from '@agent/core'
import { describeTime, type SavedState, savedState } from '../credentials/describe.ts'
import { localCredentials } from '../credentials/local-credentials.ts'
import { inspectSaved, noneSaved, type OpenedCredential, openSaved } from '../credentials/open-saved.ts'
import type { Context, CredentialFlags } from '../context.ts'
import { type ExitCode, exitCodes, isLoginNeeded } from '../exit-codes.ts'
import type { Line } from '../terminal/terminal.ts'
import { table } from '../terminal/table.ts'

export interface WhoamiFlags extends CredentialFlags {
  offline?: true
}

interface Identity {
  summary: CredentialSummary
  report?: CredentialReport
  /** `unknown` where the service could not be asked. */
  state: SavedState | 'unknown'
  error?: { code: string; message: string; hint?: string }
}

/** `agent whoami`: whose credentials are saved, and whether they still work. */
export async function whoami(
  context: Context,
  service: string | undefined,
  flags: WhoamiFlags,
): Promise<ExitCode> {
  const { store } = localCredentials(context, flags)
  const identities: Identity[] = []
  for await (const opened of openSaved(context, store, service, flags)) {
    identities.push(flags.offline === true ? asSaved(opened) : await asked(context, opened))
  }
  if (identities.length === 0) throw noneSaved(service)
  context.terminal.result({ credentials: identities.map(toJson) }, linesOf(identities))
  if (identities.some(({ state }) => state === 'needs_login')) return exitCodes.needsLogin
  return identities.some(({ state }) => state === 'unknown') ? exitCodes.failed : exitCodes.ok
}

const asSaved = ({ summary }: OpenedCredential): Identity => ({ summary, state: savedState(summary) })

async function asked(context: Context, opened: OpenedCredential): Promise<Identity> {
  const { title } = opened.login.service
  const waiting = context.terminal.isInteractive ? context.terminal.waiting(`Asking ${title}`) : undefined
  try {
    const { saved, report } = await inspectSaved(context, opened)
    const { auth: _, ...summary } = saved
    return { summary, report, state: 'good' }
  } catch (error) {
    if (!ConnectorError.isInstance(error) || context.signal.aborted) throw error
    const { code, message, hint } = error
    const state = isLoginNeeded(error) ? 'needs_login' : 'unknown'
    return { summary: opened.summary, state, error: { code, message, ...(hint !== undefined && { hint }) } }
  } finally {
    waiting?.stop()
  }
}

function toJson({ summary, report, state, error }: Identity) {
  const { account, ...told } = report ?? {}
  const { scope, ...saved } = summary
  const scopes = scope === undefined ? undefined : scope.split(/[\s,]+/).filter((part) => part !== '')
  const login = account === summary.account ? undefined : account
  return { ...saved, ...(scopes && { scopes }), ...told, ...(login !== undefined && { login }), state, error }
}

function linesOf(identities: readonly Identity[]): Line[] {
  const header = ['SERVICE', 'ACCOUNT', 'KIND', 'STATE', 'EXPIRES', 'SCOPES']
  const rows = identities.map((identity) => {
    const { summary, report, state } = identity
    const { expiresAt } = { ...summary, ...report }
    const scopes = report?.scopes?.join(' ') ?? summary.scope
    return [
      summary.service,
      report && report.account !== summary.account
        ? `${summary.account} (${report.account})`
        : summary.account,
      summary.type,
      stateNames[state],
      expiresAt === undefined ? '-' : describeTime(expiresAt) + (summary.canRefresh ? ', renewed' : ''),
      scopes === undefined || scopes === '' ? '-' : scopes,
    ]
  })
  const [first = '', ...others] = table([header, ...rows])
  const problems = identities.flatMap(({ summary, error, state }) => {
    const { service, account } = summary
    const login = state === 'needs_login' ? ` Run: agent login ${service} --account ${account}` : ''
    return error ? [`${service} ${account}: ${error.message}${login || ` ${error.hint ?? ''}`}`] : []
  })
  return [{ text: first, style: 'bold' }, ...others, ...problems]
}

const stateNames: Readonly<Record<Identity['state'], string>> = {
  good: 'good',
  renewable: 'expired, renewable',
  needs_login: 'needs login',
  unknown: 'not reached',
}
