import { ConnectorError } from '../errors/connector-error.ts'
import type { CredentialStore } from './credential-store.ts'
import { storeUnavailable } from './store-unavailable.ts'

const longestMs = 10_000
const name = 'configured'

/**
 * A store of an app's own making, held to its contract: what hangs fails in time, or calls would wait for it for
 * good, and what fails does so with an error of this library (`STORE_UNAVAILABLE`).
 */
export function answering(store: CredentialStore): CredentialStore {
  return {
    get: (key) => inTime(() => store.get(key)),
    set: (key, value, expected) => inTime(() => store.set(key, value, expected)),
    delete: (key) => inTime(() => store.delete(key)),
    keys: () => store.keys(),
    lock: (key, owner, ttlMs) => inTime(() => store.lock(key, owner, ttlMs)),
    unlock: (key, owner) => inTime(() => store.unlock(key, owner)),
  }
}

async function inTime<T>(call: () => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    late.reject(
      storeUnavailable(name, { code: 'ETIMEDOUT' }, `It did not answer within ${longestMs / 1000} s.`),
    )
  }, longestMs)
  try {
    return await Promise.race([call(), late.promise])
  } catch (error) {
    throw ConnectorError.isInstance(error) ? error : storeUnavailable(name, error, 'Check the store.')
  } finally {
    clearTimeout(timer)
  }
}
