import { ConfigError, type CredentialStore, StoreError } from '@agent/core'
import {
  type AnyClient,
  borrowClient,
  openClient,
  type RedisCluster,
  type RedisConnection,
  scannable,
} from './client.ts'
import { keyNames } from './key-names.ts'
import { redisFailure } from './redis-failure.ts'
import { scripts } from './scripts.ts'

interface CommonOptions {
  /** Begins the name of every key in Redis; `agent-credentials:` unless set. */
  prefix?: string | undefined
  /** How long a call may take, connecting included; 5,000 unless set. */
  timeoutMs?: number | undefined
}

/** A client that the app has connected, and closes itself; or a URL, from which the store makes its own. */
export type RedisStoreOptions = CommonOptions &
  ({ client: RedisConnection | RedisCluster; url?: never } | { url: string; client?: never })

export interface RedisStore extends CredentialStore, AsyncDisposable {
  /** Closes the connection that the store opened. It cannot be used any more. */
  close(): Promise<void>
}

/** Keys that one step of SCAN looks at. */
const scanCount = 1000

/**
 * Keeps credentials in Redis, which any number of processes may use at once. Connects at the first call. Throws
 * ConfigError where the options are wrong.
 *
 * @example const store = redisStore({ client })
 */
export function redisStore(options: RedisStoreOptions): RedisStore {
  const { prefix = 'agent-credentials:', timeoutMs = 5000 } = options
  requireOne(options)
  const names = keyNames(prefix)
  const source =
    options.client === undefined ? openClient(options.url, timeoutMs) : borrowClient(options.client)
  let isClosed = false

  async function using<T>(task: (client: AnyClient) => Promise<T>): Promise<T> {
    if (isClosed) throw closed()
    try {
      return await within(timeoutMs, async () => task(await source.get()))
    } catch (error) {
      if (error === timedOut) source.discard()
      throw redisFailure(error)
    }
  }
  const evaluate = (script: string, key: string, ...values: string[]) =>
    using((client) => client.eval(script, { keys: [key], arguments: values }))
  const change = async (script: string, key: string, ...values: string[]) =>
    Number(await evaluate(script, key, ...values)) === 1

  async function close(): Promise<void> {
    isClosed = true
    await within(timeoutMs, () => source.close()).catch(() => {
      source.discard()
    })
  }

  return {
    async get(key) {
      const found = await evaluate(scripts.get, names.value(key))
      if (!Array.isArray(found)) return undefined
      return { value: String(found[0]), version: String(found[1]) }
    },
    async set(key, value, expected = '') {
      const version = crypto.randomUUID()
      return (await change(scripts.set, names.value(key), value, version, expected)) ? version : undefined
    },
    delete: (key) => change(scripts.delete, names.value(key)),
    async *keys() {
      // SCAN may answer a key several times.
      const seen = new Set<string>()
      for (const node of await using(scannable)) {
        for (let cursor = '0'; ;) {
          const page = await using(() => node.scan(cursor, { MATCH: names.pattern, COUNT: scanCount }))
          for (const name of page.keys) {
            const key = names.keyOf(String(name))
            if (key === undefined || seen.has(key)) continue
            seen.add(key)
            yield key
          }
          cursor = String(page.cursor)
          if (cursor === '0') break
        }
      }
    },
    lock: (key, owner, ttlMs) =>
      change(scripts.lock, names.lock(key), owner, String(Math.max(1, Math.ceil(ttlMs)))),
    async unlock(key, owner) {
      await evaluate(scripts.unlock, names.lock(key), owner)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

const timedOut = { code: 'TIMEOUT' }

async function within<T>(timeoutMs: number, task: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- becomes a StoreError
      reject(timedOut)
    }, timeoutMs)
  })
  try {
    return await Promise.race([task(), timeout])
  } finally {
    clearTimeout(timer)
  }
}

function requireOne({ client, url }: Partial<RedisStoreOptions>): void {
  const isUrl = url === undefined || (URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol))
  if ((client === undefined) !== (url === undefined) && isUrl) return
  const expected = 'a client of redis or a URL such as redis://127.0.0.1:6379, one of both'
  throw new ConfigError(`Invalid options of redisStore: expected ${expected}.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    issues: [{ path: client === undefined ? 'url' : 'client', expected }],
    hint: 'Give client where the app has one, or else url.',
  })
}

function closed(): StoreError {
  return new StoreError('The Redis credential store is closed.', {
    code: 'STORE_UNAVAILABLE',
    outcome: 'not_sent',
    hint: 'Open another with redisStore, and close it only when no connector uses it any more.',
  })
}
