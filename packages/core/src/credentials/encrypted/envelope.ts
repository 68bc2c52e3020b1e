import * as z from 'zod'
import { StoreError } from '../../errors/errors.ts'
import { quote } from '../../errors/quote.ts'
import { base64url, fromBase64url } from './base64url.ts'
import { type EncryptionKey, type EncryptionKeys, importKey } from './encryption-keys.ts'

const version = 1
const ivBytes = 12

const envelopeSchema = () =>
  z.strictObject({ v: z.literal(version), kid: z.string(), iv: z.string(), ct: z.string() })

/** What is stored: format version, key id, initialization vector, and ciphertext with its tag. */
type Envelope = z.infer<ReturnType<typeof envelopeSchema>>

/** Encrypts a value under a key, for one record alone. */
export async function seal(record: string, value: string, key: EncryptionKey): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
  const bytes = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: binding(record, key.id) },
    await importKey(key),
    new TextEncoder().encode(value),
  )
  const envelope: Envelope = {
    v: version,
    kid: key.id,
    iv: base64url(iv),
    ct: base64url(new Uint8Array(bytes)),
  }
  return JSON.stringify(envelope)
}

/** Decrypts what `seal` made for the same record. Throws StoreError. */
export async function unseal(record: string, text: string, keys: EncryptionKeys): Promise<string> {
  const { kid, iv, ct } = parseEnvelope(record, text)
  const key = keys.find(({ id }) => id === kid)
  if (key === undefined) {
    throw undecipherable(
      record,
      `its key ${quote(kid)} is not among the keys`,
      `Add the key ${quote(kid)} to keys.`,
    )
  }
  const cryptoKey = await importKey(key)
  try {
    const bytes = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: exactly(iv), additionalData: binding(record, kid) },
      cryptoKey,
      exactly(ct),
    )
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  } catch {
    throw undecipherable(
      record,
      `the key ${quote(kid)} does not fit it`,
      `Check that the key ${quote(kid)} is the one it was encrypted under; if it is, the record was changed or ` +
        'moved: restore it, or connect the account again.',
    )
  }
}

/** Id of the key that a value is encrypted under. Throws StoreError where it is no envelope. */
export const keyIdOf = (record: string, text: string): string => parseEnvelope(record, text).kid

function parseEnvelope(record: string, text: string): Envelope {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // No JSON is no envelope.
  }
  const result = envelopeSchema().safeParse(json)
  if (result.success) return result.data
  const { v } = Object(json) as { v?: unknown }
  const isNewer = typeof v === 'number' && v > version
  throw new StoreError(
    isNewer
      ? `The credential ${quote(record)} is encrypted in format ${v}; this version knows ${version} only.`
      : `The credential ${quote(record)} is not encrypted by this library.`,
    {
      code: 'RECORD_UNREADABLE',
      outcome: 'not_sent',
      hint: isNewer
        ? 'Update the library.'
        : 'Restore it, or delete it and connect the account again; was it saved without encryption?',
    },
  )
}

/** What a ciphertext is bound to, so that it deciphers nowhere else. */
const binding = (record: string, kid: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify(['@agent/core/encrypted', version, kid, record]))

/** The bytes of text as `seal` writes it. Two texts must not stand for the same bytes. */
function exactly(text: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64url(text)
  if (bytes === undefined || base64url(bytes) !== text) throw new TypeError('not base64url')
  return bytes
}

function undecipherable(record: string, problem: string, hint: string): StoreError {
  return new StoreError(`The credential ${quote(record)} cannot be decrypted: ${problem}.`, {
    code: 'RECORD_UNDECIPHERABLE',
    outcome: 'not_sent',
    hint,
  })
}
