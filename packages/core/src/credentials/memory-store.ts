import type { CredentialStore, StoredValue } from './credential-store.ts'

/** Keeps credentials in this process alone: for tests, and for apps that keep them elsewhere. */
export function memoryStore(): CredentialStore {
  const values = new Map<string, StoredValue>()
  const locks = new Map<string, { owner: string; until: number }>()
  return {
    get: (key) => Promise.resolve(values.get(key)),
    set(key, value, expected) {
      if (values.get(key)?.version !== expected) return Promise.resolve(undefined)
      const version = crypto.randomUUID()
      values.set(key, { value, version })
      return Promise.resolve(version)
    },
    delete: (key) => Promise.resolve(values.delete(key)),
    async *keys() {
      yield* await Promise.resolve([...values.keys()])
    },
    lock(key, owner, ttlMs) {
      const held = locks.get(key)
      // The monotonic clock: a lock must not last longer because the wall clock was set back.
      const now = performance.now()
      if (held && held.owner !== owner && held.until > now) return Promise.resolve(false)
      locks.set(key, { owner, until: now + ttlMs })
      return Promise.resolve(true)
    },
    unlock(key, owner) {
      if (locks.get(key)?.owner === owner) locks.delete(key)
      return Promise.resolve()
    },
  }
}
