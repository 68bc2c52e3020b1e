import { aborted } from '../../errors/aborted.ts'
import { ConnectorError } from '../../errors/connector-error.ts'
import { StoreError } from '../../errors/errors.ts'
import { quote } from '../../errors/quote.ts'
import type { EncryptedStore } from './encrypted-store.ts'

export interface ReencryptProgress {
  /** Values looked at. */
  total: number
  /** Those that are now encrypted under the current key and were not before. */
  reencrypted: number
  /** Those that already were. */
  current: number
}

export interface ReencryptOptions {
  onProgress?: ((progress: ReencryptProgress) => void) | undefined
  signal?: AbortSignal | undefined
}

const lockMs = 10_000
const waitMs = 100
const patienceMs = 60_000

/**
 * Encrypts every value under the current key, while others read and write. To change keys: put the new key
 * behind the old one in `keys` everywhere; then before it; then call this; then take the old key out.
 *
 * A value that cannot be decrypted does not keep the others from it; its StoreError is thrown at the end.
 * `STORE_LOCKED` is thrown for one whose lock was held for a minute, AbortError when `signal` fires.
 */
export async function reencrypt(
  store: EncryptedStore,
  { onProgress, signal }: ReencryptOptions = {},
): Promise<ReencryptProgress> {
  const progress = { total: 0, reencrypted: 0, current: 0 }
  let failed: ConnectorError | undefined
  for await (const key of store.keys()) {
    assertGoesOn(signal)
    try {
      const done = await reencryptValue(store, key, signal)
      if (done === 'gone') continue
      progress[done]++
    } catch (error) {
      assertGoesOn(signal)
      if (!ConnectorError.isInstance(error)) throw error
      failed ??= error
    }
    progress.total++
    onProgress?.({ ...progress })
  }
  if (failed !== undefined) throw failed
  return progress
}

/** Under the lock, since whoever renews a credential must not find its version changed. */
async function reencryptValue(
  store: EncryptedStore,
  key: string,
  signal: AbortSignal | undefined,
): Promise<'reencrypted' | 'current' | 'gone'> {
  const owner = crypto.randomUUID()
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    const isOutdated = await store.isOutdated(key)
    if (!isOutdated) return isOutdated === undefined ? 'gone' : 'current'
    if (await store.lock(key, owner, lockMs)) {
      try {
        const found = await store.get(key)
        // Refused where another wrote first, most likely under the current key: the next round tells.
        if (found && (await store.set(key, found.value, found.version)) !== undefined) return 'reencrypted'
      } finally {
        await store.unlock(key, owner)
      }
    } else {
      if (performance.now() > giveUpAt) throw locked(key)
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
    assertGoesOn(signal)
  }
}

function assertGoesOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted('unknown', 0, 'Call reencrypt again: it goes on where it stopped.')
}

function locked(key: string): StoreError {
  return new StoreError(`The lock of the credential ${quote(key)} was held for too long.`, {
    code: 'STORE_LOCKED',
    outcome: 'not_sent',
    isRetryable: true,
    hint: 'Call reencrypt again, once whoever renews this credential is done.',
  })
}
