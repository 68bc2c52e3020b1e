import {
  AuthRejectedError,
  type CredentialReport,
  type CredentialStore,
  type CredentialSummary,
  listSavedCredentials,
  readSavedCredential,
  type SavedCredential,
  type ServiceLogin,
  StoreError,
} from '@agent/core'
import type { Context, CredentialFlags } from '../context.ts'
import { untilAborted } from '../login/until-aborted.ts'
import { loginOf } from '../services.ts'
import { usageError } from '../usage-error.ts'
import { renewSaved } from './renew-saved.ts'

/** A saved credential, and what it takes to use it. */
export interface OpenedCredential {
  login: ServiceLogin
  store: CredentialStore
  summary: CredentialSummary
  account: string
  baseUrl: string
}

/** The saved credentials that were asked for. Those of services that are not known here are left out. */
export async function* openSaved(
  context: Context,
  store: CredentialStore,
  service: string | undefined,
  flags: CredentialFlags,
): AsyncGenerator<OpenedCredential> {
  const only = service === undefined ? undefined : await loginOf(context.services, service)
  for await (const summary of listSavedCredentials(store, only?.service)) {
    if (!Object.hasOwn(context.services, summary.service)) continue
    if (flags.account !== undefined && summary.account !== flags.account) continue
    if (flags.baseUrl !== undefined && URL.parse(flags.baseUrl)?.origin !== summary.issuer) continue
    const login = only ?? (await loginOf(context.services, summary.service))
    yield { login, store, summary, account: summary.account, baseUrl: flags.baseUrl ?? summary.baseUrl }
  }
}

/** The one saved credential that was asked for. Throws ConfigError where several are, StoreError where none is. */
export async function openOne(
  context: Context,
  store: CredentialStore,
  service: string,
  flags: CredentialFlags,
): Promise<OpenedCredential> {
  const found: OpenedCredential[] = []
  for await (const opened of openSaved(context, store, service, flags)) found.push(opened)
  const [first, ...others] = found
  if (first === undefined) throw noneSaved(service)
  if (others.length === 0) return first
  const names = [first, ...others].map(({ account, baseUrl }) => `${account} at ${baseUrl}`)
  throw usageError(
    `Several accounts of ${first.login.service.title} are connected.`,
    `Name one with --account (and --base-url): ${names.join(', ')}.`,
  )
}

export const noneSaved = (service: string | undefined): StoreError =>
  new StoreError('No such account is connected.', {
    code: 'RECORD_MISSING',
    outcome: 'not_sent',
    hint: `Run: agent login ${service ?? '<service>'}`,
  })

/** What the service says of a credential, renewed first where that is due. Throws as a call does. */
export async function inspectSaved(
  context: Context,
  opened: OpenedCredential,
): Promise<{ saved: SavedCredential; report: CredentialReport }> {
  const { signal } = context
  const ask = async (saved: SavedCredential) => {
    const { baseUrl, login } = opened
    const report = await login.inspect(saved.auth, { baseUrl, fetch: context.fetch, signal })
    return { saved, report }
  }
  const saved = await untilAborted(signal, renewSaved(context, opened))
  try {
    return await untilAborted(signal, ask(saved))
  } catch (error) {
    if (!AuthRejectedError.isInstance(error) || !saved.canRefresh) throw error
    const renewed = await untilAborted(signal, renewSaved(context, opened, { isRejected: true }))
    return untilAborted(signal, ask(renewed))
  }
}

/** A saved credential with its secrets, as it is. */
export const readOpened = ({ store, login, account, baseUrl }: OpenedCredential): Promise<SavedCredential> =>
  readSavedCredential(store, login.service, { account, baseUrl })
