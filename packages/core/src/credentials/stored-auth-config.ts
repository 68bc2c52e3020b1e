import * as z from 'zod'
import { type CredentialValue, credentialValue } from '../auth/credential-value.ts'
import type { CredentialStore } from './credential-store.ts'

/** Auth config of every connector: a credential that `saveCredential` or `agent login` put into a store. */
export interface StoredAuthConfig {
  type: 'stored'
  store: CredentialStore
  /** The name under which the credential was saved. */
  account: string
  /** If given, a record of another OAuth client is refused (`RECORD_MISMATCH`). */
  clientId?: string | undefined
  /** Fields of the auth config that the store does not hold, such as `clientSecret`. */
  secrets?: Readonly<Record<string, CredentialValue>> | undefined
  /** How long a change made elsewhere may go unnoticed; 10,000 ms unless told. A 401 always looks. */
  maxAgeMs?: number | undefined
  /** How soon the lock of a process that died while it renewed is taken over; 10,000 ms unless told. */
  lockTtlMs?: number | undefined
}

export const isStored = (auth: unknown): auth is StoredAuthConfig =>
  (auth as { type?: unknown } | undefined)?.type === 'stored'

export const storedAuthSchema = () =>
  z.strictObject({
    type: z.literal('stored'),
    store: z.custom<CredentialStore>(
      (store) => typeof (store as Partial<CredentialStore> | undefined)?.get === 'function',
      { error: 'expected a credential store, such as fileStore()' },
    ),
    account: z.string().min(1),
    clientId: z.string().min(1).optional(),
    secrets: z.record(z.string(), credentialValue()).optional(),
    maxAgeMs: z.number().min(0).default(10_000),
    lockTtlMs: z.number().min(100).max(600_000).default(10_000),
  })
