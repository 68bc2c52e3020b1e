import { inspect } from 'node:util'
import { expect } from 'vitest'
import { StoreError } from '../packages/core/src/index.ts'

/** What no error may tell: values in the tests of stores hold this. */
export const secret = 'test-token-1'

/** The StoreError that a call rejects with. It must say what to do, and tell none of `secrets`. */
export async function storeFailure(
  call: PromiseLike<unknown>,
  secrets: readonly string[] = [],
): Promise<StoreError> {
  const error = await Promise.resolve(call).then(
    (result) => expect.fail(`It worked, and gave ${inspect(result)}.`),
    (reason: unknown) => reason,
  )
  if (!StoreError.isInstance(error)) throw error
  expect(error.hint).toMatch(/^[A-Z].*\.$/)
  expect(error.outcome).toBe('not_sent')
  const told = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)
  for (const each of [secret, ...secrets]) expect(told).not.toContain(each)
  return error
}
