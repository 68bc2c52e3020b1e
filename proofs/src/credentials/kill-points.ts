import { open } from 'node:fs/promises'
import type { CredentialStore } from '@agent/core'

/** The points of a renewal at which a process is killed, in the order it passes them. */
export const killPoints = [
  'before-lock',
  'locked',
  'read-again',
  'intent-half-written',
  'intent-written',
  'request-arrived',
  'request-carried-out',
  'reply-read',
  'new-pair-half-written',
  'new-pair-written',
  'before-unlock',
  'unlocked',
] as const

export type KillPoint = (typeof killPoints)[number]

/** Ends this process at once, as `kill -9` and a power cut do. Never returns. */
function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => undefined)
}

/** A store, and a fetch, under which this process dies at one point. */
export async function dyingAt(point: KillPoint, inner: CredentialStore, baseUrl: string, account: string) {
  const dieIf = (here: KillPoint) => (here === point ? die() : Promise.resolve())
  let writes = 0
  let isLocked = false
  let isWriting = false
  const isHalfWritten = () =>
    isWriting && point === (writes === 1 ? 'intent-half-written' : 'new-pair-half-written')
  await dieHalfwayIf(isHalfWritten)
  const store: CredentialStore = {
    async get(key) {
      const found = await inner.get(key)
      if (isLocked && writes === 0) await dieIf('read-again')
      return found
    },
    async set(key, value, expected) {
      writes += 1
      isWriting = true
      const version = await inner.set(key, value, expected)
      isWriting = false
      await dieIf(writes === 1 ? 'intent-written' : 'new-pair-written')
      return version
    },
    async lock(key, owner, ttlMs) {
      if (!isLocked) await dieIf('before-lock')
      isLocked = await inner.lock(key, owner, ttlMs)
      if (isLocked) await dieIf('locked')
      return isLocked
    },
    async unlock(key, owner) {
      await dieIf('before-unlock')
      await inner.unlock(key, owner)
      await dieIf('unlocked')
    },
    delete: (key) => inner.delete(key),
    keys: () => inner.keys(),
  }
  return { store, fetch: dyingFetch(point, baseUrl, account) }
}

function dyingFetch(point: KillPoint, baseUrl: string, account: string) {
  return async (request: Request): Promise<Response> => {
    const isTokenRequest = new URL(request.url).pathname === '/token'
    if (!isTokenRequest) return fetch(request)
    if (point === 'request-arrived' || point === 'request-carried-out') {
      await fetch(`${baseUrl}/hold-${point === 'request-arrived' ? 'before' : 'after'}/${account}`)
      // Answered when the server has the request, whose own answer never comes.
      void fetch(`${baseUrl}/arrived/${account}`).then(die)
      return fetch(request)
    }
    const response = await fetch(request)
    if (point !== 'reply-read') return response
    await response.text()
    return die()
  }
}

/** A file that is written while `isDue` gets half of its text, before the process ends. */
async function dieHalfwayIf(isDue: () => boolean): Promise<void> {
  const file = await open(process.execPath)
  const prototype = Object.getPrototypeOf(file) as { writeFile: (text: string) => Promise<void> }
  await file.close()
  const { writeFile } = prototype
  prototype.writeFile = async function (this: unknown, text: string) {
    if (!isDue()) {
      await writeFile.call(this, text)
      return
    }
    await writeFile.call(this, text.slice(0, text.length / 2))
    await die()
  }
}
