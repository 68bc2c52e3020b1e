/** A value as a store holds it. */
export interface StoredValue {
  value: string
  /** Changes with every write and is never used twice for a key, not even after a deletion. */
  version: string
}

/**
 * Where credentials are kept. A store knows keys, texts and locks; what the texts mean is this library's
 * affair, so one contract (`describeCredentialStore` of `@agent/core/testing`) holds for every backend.
 *
 * Keys are up to 512 characters of visible ASCII, values up to 1 MiB. A store that fails throws StoreError:
 * `STORE_UNAVAILABLE` where it cannot be reached or written, `RECORD_UNREADABLE` where what it holds is
 * damaged. It leaves damaged data as it is.
 */
export interface CredentialStore {
  /** The value and its version; undefined where there is none. Sees every `set` that has been answered. */
  get(key: string): Promise<StoredValue | undefined>
  /**
   * Writes in one step, if the key still has the version `expected` (undefined: no value). Answers the new
   * version, or undefined where another write or deletion came first, and then changes nothing. Has reached
   * the disk, where there is one, when it answers.
   */
  set(key: string, value: string, expected: string | undefined): Promise<string | undefined>
  /** Deletes the value, whatever its version. True where there was one. Leaves the lock alone. */
  delete(key: string): Promise<boolean>
  /** Every key that has a value, in no particular order. */
  keys(): AsyncIterable<string>
  /**
   * Takes the lock of a key for `owner` until `ttlMs` from now, or makes the owner's own lock last until then.
   * False, at once, while another owner's lock lasts. The key needs no value.
   */
  lock(key: string, owner: string, ttlMs: number): Promise<boolean>
  /** Gives up the owner's lock; does nothing where another holds it or none does. */
  unlock(key: string, owner: string): Promise<void>
}
