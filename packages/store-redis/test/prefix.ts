import { createClient } from 'redis'
import { afterAll, beforeAll } from 'vitest'
import { findService } from '../../../tooling/test-services.ts'
import { redisStore, type RedisStoreOptions } from '../src/index.ts'

/** A prefix of the test file's own in the server of the tests, whose keys are deleted when the file is through. */
export async function usePrefix() {
  const { url, unavailable } = await findService('REDIS_URL', 'redis://127.0.0.1:6379')
  const prefix = `test-${crypto.randomUUID()}:`
  const client = createClient({ url })
  const isHere = unavailable === undefined
  beforeAll(async () => {
    if (isHere) await client.connect()
  })
  afterAll(async () => {
    if (!isHere) return
    for await (const keys of client.scanIterator({ MATCH: `${prefix}*` })) {
      if (keys.length > 0) await client.del(keys)
    }
    await client.close()
  })
  return {
    url,
    unavailable,
    prefix,
    /** The tests' own connection, beside those of the stores. */
    client,
    open: (options: Partial<Omit<RedisStoreOptions, 'client'>> = {}) =>
      redisStore({ url, prefix, ...options }),
  }
}
