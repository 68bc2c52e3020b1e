import { AbortError } from '../errors/errors.ts'

/** The promise's result, or AbortError as soon as this caller aborts. The work itself goes on. */
export function raceAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  return new Promise<T>((resolve, reject) => {
    const abort = () => {
      reject(aborted())
    }
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    void work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort)
    })
  })
}

const aborted = () => new AbortError('The call was aborted.', { code: 'ABORTED', outcome: 'not_sent' })
