import type { CredentialStore } from '../credential-store.ts'
import { assertKeys, currentKeys, type EncryptionKeysSource } from './encryption-keys.ts'
import { keyIdOf, seal, unseal } from './envelope.ts'

export interface EncryptedStoreOptions {
  keys: EncryptionKeysSource
}

/** A store whose values are encrypted. */
export interface EncryptedStore extends CredentialStore {
  /** True where the value is encrypted under another key than the current one; undefined where there is none. */
  isOutdated(key: string): Promise<boolean | undefined>
}

/**
 * Encrypts the values of another store: AES-256-GCM under the first of `keys`, bound to the store key, so that a
 * value neither changes nor moves to another account unnoticed. Decrypts under the key that the value names.
 * Encrypted values are a third longer. Store keys, such as account names, and locks are not encrypted.
 *
 * Throws ConfigError for keys that are not 32 bytes, and StoreError: `RECORD_UNDECIPHERABLE` where the key is
 * missing or wrong or the value was changed or moved, `RECORD_UNREADABLE` where it is not encrypted at all. Such
 * values are left as they are.
 *
 * @see `reencrypt` for changing keys.
 * @example encryptedStore(store, { keys: [{ id: '2026-11', key: () => readSecret('credentials-key') }] })
 */
export function encryptedStore(store: CredentialStore, { keys }: EncryptedStoreOptions): EncryptedStore {
  if (typeof keys !== 'function') assertKeys(keys)
  return {
    async get(key) {
      const found = await store.get(key)
      return (
        found && { value: await unseal(key, found.value, await currentKeys(keys)), version: found.version }
      )
    },
    async set(key, value, expected) {
      const [current] = await currentKeys(keys)
      return store.set(key, await seal(key, value, current), expected)
    },
    async isOutdated(key) {
      const found = await store.get(key)
      const [current] = await currentKeys(keys)
      return found && keyIdOf(key, found.value) !== current.id
    },
    delete: (key) => store.delete(key),
    keys: () => store.keys(),
    lock: (key, owner, ttlMs) => store.lock(key, owner, ttlMs),
    unlock: (key, owner) => store.unlock(key, owner),
  }
}
