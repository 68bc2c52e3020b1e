import { StoreError } from '../errors/errors.ts'
import type { CredentialStore } from './credential-store.ts'

interface LockOptions<T> {
  store: CredentialStore
  key: string
  ttlMs: number
  /** Looked at while another owner holds the lock: an answer ends the wait without the lock. */
  elsewhere: () => Promise<T | undefined>
}

const longestWaitMs = 90_000
// A token endpoint takes longer than this.
const firstPauseMs = 25
const longestPauseMs = 200

/** Runs `work` under the lock of a key, which is made longer while it runs and given up in the end. */
export async function holdLock<T>(
  { store, key, ttlMs, elsewhere }: LockOptions<T>,
  work: (owner: string) => Promise<T>,
): Promise<T> {
  const owner = crypto.randomUUID()
  const until = performance.now() + longestWaitMs
  let pauseMs = firstPauseMs
  while (!(await store.lock(key, owner, ttlMs))) {
    if (performance.now() > until) throw stuck()
    // Those who wait must not all come back at once.
    await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + Math.random())))
    pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)
    const found = await elsewhere()
    if (found !== undefined) return found
  }
  let beat: Promise<void> | undefined
  const heartbeat = setInterval(() => {
    // One at a time. One that fails is no more than a lock that ends early, which loses nothing.
    beat ??= store
      .lock(key, owner, ttlMs)
      .then(ignore, ignore)
      .finally(() => {
        beat = undefined
      })
  }, ttlMs / 3)
  try {
    return await work(owner)
  } finally {
    clearInterval(heartbeat)
    // Else it could take the lock again after it was given up.
    await beat
    // It ends by itself, if it cannot be given up; what `work` did counts all the same.
    await store.unlock(key, owner).catch(ignore)
  }
}

const ignore = () => undefined

const stuck = () =>
  new StoreError(`Another process has held the lock of this credential for ${longestWaitMs / 1000} s.`, {
    code: 'STORE_LOCKED',
    outcome: 'not_sent',
    isRetryable: true,
    hint: 'It may be waiting for a token endpoint that does not answer. Try again later.',
  })
