import { ConnectorError } from '../src/index.ts'

/** The ConnectorError that a call rejects with; anything else fails the test. */
export async function failure(call: PromiseLike<unknown> | (() => unknown)): Promise<ConnectorError> {
  let result: unknown
  try {
    result = await (typeof call === 'function' ? call() : call)
  } catch (error) {
    if (ConnectorError.isInstance(error)) return error
    throw error
  }
  throw new Error(`It did not fail; it gave ${JSON.stringify(result)}`)
}
