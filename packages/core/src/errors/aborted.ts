import type { Outcome } from './connector-error.ts'
import { AbortError } from './errors.ts'

/** The caller's abort, as an error. */
export const aborted = (outcome: Outcome, attempts = 0, hint?: string) =>
  new AbortError('The call was aborted by the caller.', { code: 'ABORTED', outcome, attempts, hint })
