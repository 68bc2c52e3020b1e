import * as z from 'zod'
import { lazy } from '../action/lazy.ts'
import { StoreError } from '../errors/errors.ts'

const text = () => z.string().min(1)

// Beyond this no Date goes.
const maxInstantMs = 8.64e15
const instant = () => z.number().min(-maxInstantMs).max(maxInstantMs)

const tokensSchema = () =>
  z.object({
    accessToken: text().optional(),
    refreshToken: text().optional(),
    /** Milliseconds since the epoch. */
    expiresAt: instant().optional(),
    refreshTokenExpiresAt: instant().optional(),
    lifetimeMs: z.number().optional(),
    scope: z.string().optional(),
    baseUrl: text().optional(),
  })

/**
 * A credential as a store holds it, in JSON. Whatever may change the meaning of a record raises `version`, so
 * that an older library refuses it rather than dropping what it does not know.
 */
const recordSchema = /* @__PURE__ */ lazy(() =>
  z.strictObject({
    format: z.literal('agent-credential'),
    version: z.literal(1),
    /** What the tokens are bound to: they are never used across any of these. */
    service: text(),
    /** Origin of the API. Its authorization server follows from it. */
    issuer: text(),
    /** Whole base URL of the API, such as `https://github.example.com/api/v3`. */
    baseUrl: text(),
    clientId: text().optional(),
    account: text(),
    /** The connector's auth config, without tokens and without what the app keeps elsewhere. */
    auth: z.looseObject({ type: text() }),
    /** Fields of the auth config whose values are in `tokens`. */
    tokenFields: z.array(z.enum(['accessToken', 'refreshToken', 'expiresAt'])),
    tokens: tokensSchema(),
    /** Another one with every new pair of tokens. */
    generation: text(),
    /** Set while new tokens are requested: whoever finds it cannot know whether the refresh token was used. */
    refreshing: z.object({ owner: text(), at: instant() }).optional(),
    /** Set once the grant is known to be gone. */
    reauthRequired: z.object({ at: instant(), remoteCode: z.string().optional() }).optional(),
    updatedAt: instant(),
  }),
)

export type CredentialRecord = z.output<ReturnType<typeof recordSchema>>
export type StoredTokens = CredentialRecord['tokens']

/** Where a credential is in its store. Readable, so that an operator can tell records apart. */
export function credentialKey({ service, issuer, account }: CredentialAddress): string {
  return [service, new URL(issuer).host, account]
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/')
}

export interface CredentialAddress {
  service: string
  /** Origin of the API. */
  issuer: string
  account: string
}

/** The address that a key names; undefined for a key of another kind. */
export function addressOf(key: string): { service: string; host: string; account: string } | undefined {
  const parts = key.split('/')
  if (parts.length !== 3) return undefined
  try {
    const [service = '', host = '', account = ''] = parts.map(decodeURIComponent)
    return { service, host, account }
  } catch {
    return undefined
  }
}

export const writeRecord = (record: CredentialRecord): string => JSON.stringify(record)

/** Throws StoreError (`RECORD_UNREADABLE`) for what is no record, or one of another version. */
export function readRecord(value: string): CredentialRecord {
  let json: unknown
  try {
    json = JSON.parse(value)
  } catch {
    throw unreadable('It is no JSON.', 'It may have been cut off or edited.')
  }
  const parsed = recordSchema().safeParse(json)
  if (parsed.success) return parsed.data
  const { format, version } = Object(json) as { format?: unknown; version?: unknown }
  if (format !== 'agent-credential') {
    throw unreadable('It is no credential record.', 'If the store is encrypted, open it with its key.')
  }
  if (version !== 1) {
    const given = typeof version === 'number' ? ` ${version}` : ''
    throw unreadable(`Its version${given} is unknown.`, 'Update @agent/core to the version that wrote it.')
  }
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ')
  throw unreadable(`Wrong or missing: ${fields || 'unknown fields'}.`, 'It may have been edited.')
}

function unreadable(reason: string, hint: string): StoreError {
  return new StoreError(`A credential record cannot be read. ${reason}`, {
    code: 'RECORD_UNREADABLE',
    outcome: 'not_sent',
    hint: `${hint} It is left as it is; restore it, or let the user connect the account again.`,
  })
}
