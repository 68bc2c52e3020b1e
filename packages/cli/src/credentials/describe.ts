import type { CredentialReport, CredentialSummary } from '@agent/core'

type Grant = Pick<CredentialReport, 'scopes' | 'fineGrained' | 'expiresAt'>

/** What was granted, a line each. */
export function describeGrant({ scopes, fineGrained, expiresAt }: Grant): string[] {
  return [
    ...(scopes ? [`Scopes: ${scopes.join(', ') || 'none'}`] : []),
    ...(fineGrained ? [`Permissions: ${describeFineGrained(fineGrained)}`] : []),
    ...(scopes || fineGrained ? [] : ['The service does not tell what was granted.']),
    ...(expiresAt ? [`Ends: ${describeTime(expiresAt)}`] : []),
  ]
}

const describeFineGrained = (permissions: NonNullable<Grant['fineGrained']>): string =>
  Object.entries(permissions)
    .map(([name, access]) => `${name}: ${access}`)
    .join(', ') || 'none'

/** To the minute, in UTC. */
export const describeTime = (time: Date): string => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`

export type SavedState = 'good' | 'renewable' | 'needs_login'

/** What can be told of a saved credential without asking its service. */
export function savedState(
  { reauthRequiredAt, expiresAt, refreshTokenExpiresAt, canRefresh }: CredentialSummary,
  now = Date.now(),
): SavedState {
  const isPast = (time: Date | undefined) => time !== undefined && time.getTime() <= now
  if (reauthRequiredAt !== undefined) return 'needs_login'
  if (!isPast(expiresAt)) return 'good'
  return canRefresh && !isPast(refreshTokenExpiresAt) ? 'renewable' : 'needs_login'
}
