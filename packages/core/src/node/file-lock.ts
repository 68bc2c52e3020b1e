import { join } from 'node:path'
import { digest, type KeyLock, listKey } from './key-directory.ts'
import { renamed } from './private-files.ts'

/** So much may the clock be set back before a lock counts as ended. */
const clockToleranceMs = 1000

/** Takes or extends the lock of a key's directory; see CredentialStore. */
export async function takeLock(path: string, owner: string, ttlMs: number): Promise<boolean> {
  const mine = digest(owner)
  // Each round that fails is one in which another process took, extended or gave up the lock.
  for (;;) {
    const lock = (await listKey(path))?.lock
    if (lock === undefined) return false
    const now = Date.now()
    if (lock.held !== undefined && lock.held.owner !== mine && lasts(lock.held, now)) return false
    const wholeMs = Math.max(0, Math.ceil(ttlMs))
    const name = `held.${crypto.randomUUID()}.${mine}.${now + wholeMs}.${wholeMs}`
    if (await renamed(join(path, lock.name), join(path, name))) return true
  }
}

/** Gives up the owner's lock; see CredentialStore. */
export async function giveUpLock(path: string, owner: string): Promise<void> {
  for (;;) {
    const lock = (await listKey(path))?.lock
    if (lock?.held?.owner !== digest(owner)) return
    if (await renamed(join(path, lock.name), join(path, `free.${crypto.randomUUID()}`))) return
  }
}

/** A clock set back must not make a lock last: none ends further away than it was taken for. */
function lasts({ until, ttlMs }: NonNullable<KeyLock['held']>, now: number): boolean {
  return now < until && until - now <= ttlMs + clockToleranceMs
}
