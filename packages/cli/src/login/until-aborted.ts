import { interrupted } from '../terminal/read-secret.ts'

/** What the work brings, or AbortError as soon as the signal fires; what it brings then is dropped. */
export async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const ended = Promise.withResolvers<never>()
  const end = () => {
    ended.reject(interrupted())
  }
  if (signal.aborted) end()
  signal.addEventListener('abort', end, { once: true })
  try {
    return await Promise.race([work, ended.promise])
  } finally {
    signal.removeEventListener('abort', end)
  }
}
