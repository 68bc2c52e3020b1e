import { Secret } from '../auth/secret.ts'
import { defined } from '../errors/defined.ts'
import type { CredentialRecord, StoredTokens } from './credential-record.ts'

const tokenFields = ['accessToken', 'refreshToken', 'expiresAt'] as const

type RecordedAuth = Pick<CredentialRecord, 'auth' | 'tokenFields' | 'tokens'>

/** The auth config that a record holds, with its tokens as they are now. */
export function authConfigOf({ auth, tokenFields: fields, tokens }: RecordedAuth): Record<string, unknown> {
  const { accessToken, refreshToken, expiresAt } = tokens
  const values = {
    accessToken,
    refreshToken,
    expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
  }
  return { ...auth, ...defined(Object.fromEntries(fields.map((field) => [field, values[field]]))) }
}

/** An auth config as a record holds it. Functions stay with the app. */
export function recordedAuthOf(config: Readonly<Record<string, unknown>>): RecordedAuth {
  const entries = Object.entries(config)
    .filter(([, value]) => value !== undefined && typeof value !== 'function')
    .map(([field, value]) => [field, value instanceof Secret ? value.reveal() : value] as const)
  const isToken = (field: string): field is (typeof tokenFields)[number] =>
    (tokenFields as readonly string[]).includes(field)
  const auth = Object.fromEntries(entries.filter(([field]) => !isToken(field)))
  const given = Object.fromEntries(entries.filter(([field]) => isToken(field))) as {
    accessToken?: string
    refreshToken?: string
    expiresAt?: Date
  }
  const expiresAt = given.expiresAt?.getTime()
  const tokens: StoredTokens = defined({
    accessToken: given.accessToken,
    refreshToken: given.refreshToken,
    expiresAt,
    lifetimeMs: expiresAt === undefined ? undefined : Math.max(0, expiresAt - Date.now()),
  })
  return { auth: { type: '', ...auth }, tokenFields: tokenFields.filter((field) => field in given), tokens }
}
