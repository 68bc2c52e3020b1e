import { Secret } from '../../auth/secret.ts'
import { ConnectorError } from '../../errors/connector-error.ts'
import { ConfigError } from '../../errors/errors.ts'
import { quote } from '../../errors/quote.ts'
import { storeUnavailable } from '../store-unavailable.ts'
import { fromBase64url } from './base64url.ts'

/** 32 random bytes, as they are or as base64 or base64url text. */
export type EncryptionKeyValue = Uint8Array | string | Secret

export interface EncryptionKey {
  /** Is written beside what the key encrypts, to find the key by; stays the same as long as the key does. */
  id: string
  /** A function is called for every read and write that needs the key. */
  key: EncryptionKeyValue | (() => EncryptionKeyValue | Promise<EncryptionKeyValue>)
}

/** Keys, the current one first: it encrypts, the others only decrypt. */
export type EncryptionKeys = readonly EncryptionKey[]

/** Keys, or a function that returns the present ones and is called for every read and write. */
export type EncryptionKeysSource = EncryptionKeys | (() => EncryptionKeys | Promise<EncryptionKeys>)

type HeldKeys = readonly [EncryptionKey, ...EncryptionKey[]]

const keyBytes = 32
const expectedKey = '32 random bytes, as a Uint8Array or base64 text'

/** The keys at present. Throws ConfigError where there is none, or an id is missing or used twice. */
export async function currentKeys(source: EncryptionKeysSource): Promise<HeldKeys> {
  const keys: EncryptionKeys = typeof source === 'function' ? await called(source) : source
  assertKeys(keys)
  return keys
}

/** Refuses what can be seen to be wrong without calling a function. Throws ConfigError. */
export function assertKeys(keys: EncryptionKeys): asserts keys is HeldKeys {
  if (!Array.isArray(keys) || keys.length === 0) throw invalid('keys', 'a list of one key or more')
  const ids = new Set<string>()
  for (const [index, entry] of keys.entries()) {
    const { id, key } = Object(entry) as Partial<EncryptionKey>
    if (typeof id !== 'string' || id === '') throw invalid(`keys[${index}].id`, 'a text that is not empty')
    if (ids.has(id)) throw invalid(`keys[${index}].id`, `an id of its own, not ${quote(id)} again`)
    ids.add(id)
    if (typeof key !== 'function') bytesOf(id, key)
  }
}

/** The key itself, for AES-256-GCM. Throws ConfigError, naming the key's id and never its bytes. */
export async function importKey({ id, key }: EncryptionKey): Promise<CryptoKey> {
  const bytes = bytesOf(id, typeof key === 'function' ? await called(key) : key)
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

function bytesOf(id: string, value: unknown): Uint8Array<ArrayBuffer> {
  const text = value instanceof Secret ? value.reveal() : value
  const bytes = typeof text === 'string' ? fromBase64url(text.trim()) : text
  if (bytes instanceof Uint8Array && bytes.length === keyBytes) return new Uint8Array(bytes)
  throw invalid(`key ${quote(id)}`, expectedKey)
}

async function called<T>(source: () => T | Promise<T>): Promise<T> {
  try {
    return await source()
  } catch (error) {
    if (ConnectorError.isInstance(error)) throw error
    throw storeUnavailable('encrypted', error, 'Check the function that was given for the encryption keys.')
  }
}

function invalid(path: string, expected: string): ConfigError {
  return new ConfigError(`Invalid encryption keys: ${path}: expected ${expected}.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: 'Make a key with `openssl rand -base64 32` and keep it apart from the credentials.',
    issues: [{ path, expected }],
  })
}
