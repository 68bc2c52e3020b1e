import * as z from 'zod'
import { ConfigError } from '../errors/errors.ts'
import { Secret } from './secret.ts'

/**
 * A credential, or a function that returns the current one. A function is called for every request, and
 * again after the service rejected the value, so a rotated key is picked up without a restart.
 */
export type CredentialValue = string | Secret | (() => string | Secret | Promise<string | Secret>)

const expected = 'a non-empty string, or a function that returns one'

/** Schema of a {@link CredentialValue} for a connector's auth config. */
export const credentialValue = (): z.ZodType<CredentialValue, CredentialValue> =>
  z.custom<CredentialValue>(
    (value) =>
      typeof value === 'function' ||
      ((value instanceof Secret ? value.reveal() : (value ?? '')) !== '' &&
        (typeof value === 'string' || value instanceof Secret)),
    { error: `expected ${expected}` },
  )

// A header value outside visible ASCII cannot be sent, and fetch would print it in its error.
const sendable = /^[\x20-\x7e]+$/

/** Resolves a credential value. Throws ConfigError (`CONFIG_INVALID`), naming the field, never the value. */
export async function readCredential(field: string, value: CredentialValue): Promise<Secret> {
  let current: unknown
  try {
    current = typeof value === 'function' ? await value() : value
  } catch (error) {
    throw invalid(field, `the function threw ${error instanceof Error ? error.name : typeof error}`)
  }
  const text = current instanceof Secret ? current.reveal() : current
  if (typeof text !== 'string' || text === '') throw invalid(field, `expected ${expected}`)
  return new Secret(text)
}

/** Refuses what cannot stand in a header: line breaks and characters outside visible ASCII. */
export function assertSendable(field: string, secret: Secret): void {
  const text = secret.reveal()
  if (!sendable.test(text)) {
    throw invalid(field, 'it holds a line break or a character that a header cannot carry')
  }
  if (text.trim() !== text) throw invalid(field, 'it begins or ends with a space')
}

function invalid(field: string, problem: string): ConfigError {
  return new ConfigError(`Invalid credential: ${field}: ${problem}.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: `Check the value given as ${field}.`,
    issues: [{ path: field, expected }],
  })
}
