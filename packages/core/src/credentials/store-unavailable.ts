import { StoreError } from '../errors/errors.ts'

/**
 * The StoreError (`STORE_UNAVAILABLE`) of a backend that failed. Of what the driver threw it tells the code
 * alone, such as `ECONNREFUSED` or `28P01`: messages may hold connection strings and values.
 */
export function storeUnavailable(store: string, error: unknown, hint: string): StoreError {
  if (StoreError.isInstance(error)) return error
  const { code, name } = Object(error) as { code?: unknown; name?: unknown }
  const isPlain = (each: unknown): each is string => typeof each === 'string' && /^\w{1,64}$/.test(each)
  const reason = [code, name].find(isPlain) ?? 'unknown error'
  return new StoreError(`The ${store} credential store failed (${reason}).`, {
    code: 'STORE_UNAVAILABLE',
    outcome: 'not_sent',
    isRetryable: true,
    hint,
  })
}
