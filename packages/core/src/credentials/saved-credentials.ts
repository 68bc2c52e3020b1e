import type * as z from 'zod'
import { parseConfig } from '../action/parse-config.ts'
import type { Service } from '../action/service.ts'
import { defined } from '../errors/defined.ts'
import { ConfigError } from '../errors/errors.ts'
import { parseConfiguredUrl } from '../http/destination.ts'
import { authConfigOf, recordedAuthOf } from './auth-config-of.ts'
import {
  addressOf,
  credentialKey,
  type CredentialRecord,
  readRecord,
  writeRecord,
} from './credential-record.ts'
import type { CredentialStore } from './credential-store.ts'
import { StoredCredential } from './stored-credential.ts'

/** A connector class, or its service. */
export type ServiceLike<S extends Service = Service> = S | { service: S }

export interface CredentialToSave<S extends Service> {
  /** Any name that the app chooses, such as a login or a tenant's id. */
  account: string
  /** As the connector takes it. Functions in it are not saved: give them as `secrets` of the stored auth. */
  auth: z.input<ReturnType<S['auth']>>
  /** Where the connector does not use the service's own. */
  baseUrl?: string | URL | undefined
  /** Granted scope, space-separated, and the end of the refresh token, where they are known. */
  scope?: string | undefined
  refreshTokenExpiresAt?: Date | undefined
}

/** Which credential of a service is meant. */
export interface SavedCredentialName {
  account: string
  /** Where the connector does not use the service's own. */
  baseUrl?: string | URL | undefined
}

/** What can be told of a saved credential without its secrets. */
export interface CredentialSummary {
  service: string
  /** Origin of the API. */
  issuer: string
  /** Base URL that a connector needs for it. */
  baseUrl: string
  account: string
  /** Kind of the auth config, such as `oauth`. */
  type: string
  clientId?: string
  scope?: string
  /** When the access token expires, and the refresh token. */
  expiresAt?: Date
  refreshTokenExpiresAt?: Date
  canRefresh: boolean
  /** Since when the user must connect the account again. */
  reauthRequiredAt?: Date
  updatedAt: Date
}

export interface SavedCredential extends CredentialSummary {
  /** The auth config, with its tokens as they are now. Holds secrets in the plain. */
  auth: Record<string, unknown>
}

/**
 * Saves a credential for `auth: { type: 'stored', store, account }`, in place of the one that has its name.
 * Throws ConfigError (`CONFIG_INVALID`) where the connector would, and StoreError.
 *
 * @example await saveCredential(store, GithubConnector, { account: 'octocat', auth })
 */
export async function saveCredential<S extends Service>(
  store: CredentialStore,
  target: ServiceLike<S>,
  { account, auth, baseUrl, scope, refreshTokenExpiresAt }: CredentialToSave<S>,
): Promise<void> {
  const service = serviceOf(target)
  const config = parseConfig(`${service.title} auth config`, service.auth(), auth) as Record<string, unknown>
  const recorded = recordedAuthOf(config)
  const { clientId } = config
  if (Number.isNaN(refreshTokenExpiresAt?.getTime())) throw noDate('refreshTokenExpiresAt')
  const record: CredentialRecord = {
    format: 'agent-credential',
    version: 1,
    ...addressIn(service, { account, baseUrl }),
    baseUrl: String(baseUrl ?? service.baseUrl),
    ...recorded,
    ...(typeof clientId === 'string' && { clientId }),
    tokens: {
      ...recorded.tokens,
      ...defined({ scope, refreshTokenExpiresAt: refreshTokenExpiresAt?.getTime() }),
    },
    generation: crypto.randomUUID(),
    updatedAt: Date.now(),
  }
  const key = credentialKey(record)
  let isSaved = false
  while (!isSaved) {
    const version = (await store.get(key))?.version
    isSaved = (await store.set(key, writeRecord(record), version)) !== undefined
  }
}

/** One saved credential, secrets included. Throws StoreError (`RECORD_MISSING`) where there is none. */
export async function readSavedCredential(
  store: CredentialStore,
  target: ServiceLike,
  name: SavedCredentialName,
): Promise<SavedCredential> {
  const record = await new StoredCredential(store, addressIn(serviceOf(target), name)).read()
  return { ...summaryOf(record), auth: authConfigOf(record) }
}

/** Deletes a saved credential; false where there is none. The tokens stay good: revoke them first. */
export async function deleteSavedCredential(
  store: CredentialStore,
  target: ServiceLike,
  name: SavedCredentialName,
): Promise<boolean> {
  return store.delete(credentialKey(addressIn(serviceOf(target), name)))
}

/** Every credential in a store, of one service or of all. Throws StoreError for a record that is damaged. */
export async function* listSavedCredentials(
  store: CredentialStore,
  target?: ServiceLike,
): AsyncGenerator<CredentialSummary> {
  const service = target && serviceOf(target).name
  for await (const key of store.keys()) {
    const address = addressOf(key)
    if (!address || (service !== undefined && address.service !== service)) continue
    const stored = await store.get(key)
    if (stored) yield summaryOf(readRecord(stored.value))
  }
}

const noDate = (field: string) =>
  new ConfigError(`Invalid ${field}: expected a date.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: `Correct ${field}, or leave it out.`,
    issues: [{ path: field, expected: 'a date' }],
  })

const serviceOf = <S extends Service>(target: ServiceLike<S>): S =>
  'service' in target ? target.service : target

function addressIn(service: Service, { account, baseUrl = service.baseUrl }: SavedCredentialName) {
  return { service: service.name, issuer: parseConfiguredUrl('baseUrl', baseUrl).origin, account }
}

function summaryOf(record: CredentialRecord): CredentialSummary {
  const { service, issuer, baseUrl, account, auth, clientId, tokens, reauthRequired, updatedAt } = record
  const date = (at: number | undefined) => (at === undefined ? undefined : new Date(at))
  return {
    service,
    issuer,
    baseUrl,
    account,
    type: auth.type,
    canRefresh: tokens.refreshToken !== undefined,
    updatedAt: new Date(updatedAt),
    ...defined({
      clientId,
      scope: tokens.scope,
      expiresAt: date(tokens.expiresAt),
      refreshTokenExpiresAt: date(tokens.refreshTokenExpiresAt),
      reauthRequiredAt: date(reauthRequired?.at),
    }),
  }
}
