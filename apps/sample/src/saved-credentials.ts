import { createHash } from 'node:crypto'
import {
  type CommonOptions,
  type CredentialStore,
  listSavedCredentials,
  readSavedCredential,
  saveCredential,
  type Service,
  type ServiceLike,
  StoreError,
  type StoredAuthConfig,
} from '@agent/core'
import type * as z from 'zod'
import { SettingsError } from './settings.ts'

/** Where a credential is saved, and for which server. */
export interface Place {
  store: CredentialStore
  baseUrl?: CommonOptions['baseUrl']
}

/** What `agent login` saved. Throws SettingsError, which says what to do, where there is no such account. */
export async function savedAccount(
  service: ServiceLike,
  account: string,
  place: Place,
): Promise<StoredAuthConfig> {
  if (await isSaved(service, account, place)) return { type: 'stored', store: place.store, account }
  const { name, title } = 'service' in service ? service.service : service
  const accounts: string[] = []
  for await (const saved of listSavedCredentials(place.store, service)) accounts.push(saved.account)
  const found = accounts.length === 0 ? 'none is' : `only ${accounts.join(', ')}`
  const server = place.baseUrl === undefined ? '' : ` --base-url ${String(place.baseUrl)}`
  throw new SettingsError(
    `No ${title} account "${account}" is saved on this machine, ${found}. Run: agent login ${name}${server}`,
  )
}

/**
 * The same credential, kept in the store where it renews itself by a refresh token: with the first renewal the
 * one in `.env` may be used up. Another refresh token in `.env` counts as another credential.
 */
export async function keepTokens<S extends Service>(
  service: ServiceLike<S>,
  auth: z.input<ReturnType<S['auth']>>,
  place: Place,
): Promise<z.input<ReturnType<S['auth']>> | StoredAuthConfig> {
  const { clientId, clientSecret, refreshToken } = auth as Readonly<Record<string, string | undefined>>
  if (refreshToken === undefined) return auth
  const account = `env-${createHash('sha256').update(`${clientId}\n${refreshToken}`).digest('hex').slice(0, 12)}`
  if (!(await isSaved(service, account, place)))
    await saveCredential(place.store, service, { account, auth, baseUrl: place.baseUrl })
  // That of `.env`, where it can be changed.
  return { type: 'stored', store: place.store, account, secrets: clientSecret ? { clientSecret } : {} }
}

async function isSaved(service: ServiceLike, account: string, { store, baseUrl }: Place): Promise<boolean> {
  try {
    await readSavedCredential(store, service, { account, baseUrl })
    return true
  } catch (error) {
    if (StoreError.isInstance(error) && error.code === 'RECORD_MISSING') return false
    throw error
  }
}
