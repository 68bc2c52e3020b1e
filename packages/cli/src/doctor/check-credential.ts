import { type AnyAction, ConnectorError, type CredentialReport, type CredentialSummary } from '@agent/core'
import type { Context } from '../context.ts'
import { describeTime, type SavedState, savedState } from '../credentials/describe.ts'
import { inspectSaved, type OpenedCredential } from '../credentials/open-saved.ts'
import { isLoginNeeded } from '../exit-codes.ts'
import { checkPermissions, type PermissionCheck, permissionFindings } from './check-permissions.ts'
import type { Finding } from './finding.ts'

export interface CredentialCheck {
  credential: PermissionCheck & {
    service: string
    issuer: string
    account: string
    type: string
    state: SavedState | 'unknown'
    expiresAt?: Date
    refreshTokenExpiresAt?: Date
    canRefresh: boolean
  }
  findings: Finding[]
}

export interface CredentialCheckOptions {
  actions: readonly AnyAction[]
  /** True where the user said which actions are in use. */
  isChosen: boolean
  isOffline: boolean
}

interface Seen {
  summary: CredentialSummary
  report?: CredentialReport
  state: SavedState | 'unknown'
  error?: ConnectorError
}

/** Whether one credential works, until when, and whether it may do what it must and no more. */
export async function checkCredential(
  context: Context,
  opened: OpenedCredential,
  { actions, isChosen, isOffline }: CredentialCheckOptions,
): Promise<CredentialCheck> {
  const { summary: saved } = opened
  const seen = isOffline ? { summary: saved, state: savedState(saved) } : await ask(context, opened)
  const { summary, state } = seen
  const { service, issuer, account, type, canRefresh, refreshTokenExpiresAt } = summary
  const subject = `${service} ${account}`
  const relogin = `agent login ${service} --account ${account}`
  const { expiresAt, ...grant } = grantOf(seen)
  const permissions = checkPermissions(opened.login, grant, actions)
  const findings = [
    ...stateFindings(seen, subject, relogin),
    ...(state === 'needs_login' ? [] : expiryFindings({ ...summary, expiresAt }, subject, relogin)),
    ...permissionFindings(permissions, { subject, relogin, isChosen }),
    ...(grant.scopes || grant.fineGrained || state === 'needs_login' ? [] : [untold(subject)]),
  ]
  const times = { ...(expiresAt && { expiresAt }), ...(refreshTokenExpiresAt && { refreshTokenExpiresAt }) }
  return {
    credential: { service, issuer, account, type, state, canRefresh, ...times, ...permissions },
    findings,
  }
}

async function ask(context: Context, opened: OpenedCredential): Promise<Seen> {
  try {
    const { saved, report } = await inspectSaved(context, opened)
    return { summary: saved, report, state: 'good' }
  } catch (error) {
    if (!ConnectorError.isInstance(error) || context.signal.aborted) throw error
    return { summary: opened.summary, state: isLoginNeeded(error) ? 'needs_login' : 'unknown', error }
  }
}

/** What the service says, or else what was granted when the credential was saved. */
function grantOf({ summary, report }: Seen): Omit<CredentialReport, 'account'> {
  const expiresAt = report?.expiresAt ?? summary.expiresAt
  if (report?.scopes || report?.fineGrained) return { ...report, ...(expiresAt && { expiresAt }) }
  const scopes = summary.scope?.split(/[\s,]+/).filter((scope) => scope !== '') ?? []
  // A token endpoint that names none may speak of a credential that has other permissions than scopes.
  return { ...(scopes.length > 0 && { scopes }), ...(expiresAt && { expiresAt }) }
}

function stateFindings({ state, error }: Seen, subject: string, relogin: string): Finding[] {
  if (state === 'needs_login') {
    const message = error?.message ?? 'It has expired and cannot be renewed.'
    return [{ level: 'problem', check: 'login', subject, message, fix: `Connect it again: ${relogin}` }]
  }
  if (error === undefined) return []
  const { message, hint = 'Try again later.' } = error
  return [{ level: 'problem', check: 'service', subject, message, fix: hint }]
}

const soonMs = 7 * 24 * 60 * 60 * 1000

function expiryFindings(
  {
    canRefresh,
    expiresAt,
    refreshTokenExpiresAt,
  }: Pick<CredentialSummary, 'canRefresh' | 'refreshTokenExpiresAt'> & {
    expiresAt: Date | undefined
  },
  subject: string,
  relogin: string,
): Finding[] {
  // Access tokens that are renewed end every few hours, and nobody needs to know.
  const end = canRefresh ? refreshTokenExpiresAt : expiresAt
  if (end === undefined || end.getTime() - Date.now() > soonMs) return []
  const message = `Ends soon, at ${describeTime(end)}, and cannot be renewed.`
  return [{ level: 'problem', check: 'expiry', subject, message, fix: `Connect it again before: ${relogin}` }]
}

const untold = (subject: string): Finding => ({
  level: 'note',
  check: 'permissions',
  subject,
  message: 'The service does not tell what was granted.',
  fix: 'Compare its settings at the service with what the actions need.',
})
