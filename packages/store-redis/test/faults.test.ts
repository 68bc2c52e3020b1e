import { ConfigError } from '@agent/core'
import { createClient, createCluster } from 'redis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { closedPort, detourTo, silentPort } from '../../../tooling/test-faults.ts'
import { secret, storeFailure } from '../../../tooling/test-store-failure.ts'
import { redisStore, type RedisConnection, type RedisStoreOptions } from '../src/index.ts'
import { usePrefix } from './prefix.ts'

const { url, unavailable, prefix, client, open } = await usePrefix()
const password = 'test-password-1'

function opened(options: Parameters<typeof open>[0] = {}) {
  const store = open(options)
  onTestFinished(() => store.close())
  return store
}
const newKey = () => `test/${crypto.randomUUID()}`
function urlWith(change: (url: URL) => void): string {
  const changed = new URL(url)
  change(changed)
  return changed.href
}
/** A client of the app, that reconnects by itself; connected only where the test does so. */
function clientOf(address: string) {
  const made = createClient({ url: address, socket: { reconnectStrategy: 10 } })
  onTestFinished(() => {
    if (made.isOpen) made.destroy()
  })
  return made
}

describe('a server that is not there', () => {
  it('X01 is told at once', async () => {
    const address = `redis://user:${password}@127.0.0.1:${await closedPort()}`
    const error = await storeFailure(opened({ url: address }).set('key', secret, undefined), [password])
    expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE', isRetryable: true })
    expect(error.message).toContain('ECONNREFUSED')
  })

  it('X05 that never answers is not waited for beyond timeoutMs', async () => {
    const address = `redis://user:${password}@127.0.0.1:${await silentPort()}`
    const store = opened({ url: address, timeoutMs: 100 })
    const begin = performance.now()
    expect((await storeFailure(store.get('key'), [password])).code).toBe('STORE_UNAVAILABLE')
    expect((await storeFailure(store.get('key'), [password])).code).toBe('STORE_UNAVAILABLE')
    expect(performance.now() - begin).toBeLessThan(2000)
  })
})

describe.skipIf(unavailable !== undefined)('a server that fails', () => {
  it.each([
    [
      'user',
      (changed: URL) => ((changed.username = 'no-such-user'), (changed.password = password)),
      /WRONGPASS/,
    ],
    ['database', (changed: URL) => (changed.pathname = '/9999'), /ERR/],
  ])('tells of a wrong %s', async (_, change, reason) => {
    const address = urlWith(change)
    const error = await storeFailure(opened({ url: address }).set('key', secret, undefined), [
      address,
      password,
    ])
    expect(error.code).toBe('STORE_UNAVAILABLE')
    expect(error.message).toMatch(reason)
  })

  it('tells of missing permissions', async () => {
    const user = `test-${crypto.randomUUID()}`
    await client.sendCommand(['ACL', 'SETUSER', user, 'on', `>${password}`, '~nothing:*', '+@all'])
    onTestFinished(async () => {
      await client.sendCommand(['ACL', 'DELUSER', user])
    })
    const address = urlWith((changed) => ((changed.username = user), (changed.password = password)))
    const error = await storeFailure(opened({ url: address }).set('key', secret, undefined), [password])
    expect(error.message).toContain('NOPERM')
    expect(error.hint).toContain('prefix')
  })

  it.each([
    ['READONLY', 'You can not write against a read only replica.', /primary/],
    ['OOM', 'command not allowed when used memory > maxmemory.', /maxmemory/],
    ['MISCONF', 'Redis is configured to save RDB snapshots, but is not able to persist on disk.', /disk/],
    ['NOAUTH', 'Authentication required.', /password/],
    ['LOADING', 'Redis is loading the dataset in memory.', /loading/],
  ])('T10 tells what to do about %s', async (word, message, hint) => {
    // The server's own words by way of a script, since a shared server cannot be brought into these states.
    const refusing: RedisConnection = {
      eval: () =>
        client.eval('return redis.error_reply(ARGV[1])', {
          keys: [],
          arguments: [`${word} ${message} ${secret}`],
        }),
      scan: () => Promise.reject(new Error('unused')),
      on: () => undefined,
      off: () => undefined,
    }
    const store = redisStore({ client: refusing, prefix })
    const error = await storeFailure(store.set('key', secret, undefined))
    expect(error.message).toContain(word)
    expect(error.hint).toMatch(hint)
  })

  it('goes down and comes back (own connection)', async () => {
    const detour = await detourTo(url)
    const store = opened({ url: detour.url })
    const key = newKey()
    const version = await store.set(key, secret, undefined)
    await detour.stop()
    expect((await storeFailure(store.get(key))).code).toBe('STORE_UNAVAILABLE')
    await detour.start()
    expect(await store.get(key)).toEqual({ value: secret, version })
  })

  it('goes down and comes back (client of the app)', async () => {
    const detour = await detourTo(url)
    const ownClient = clientOf(detour.url)
    const store = redisStore({ client: ownClient, prefix, timeoutMs: 600 })
    ownClient.on('error', () => undefined)
    await ownClient.connect()
    const key = newKey()
    const version = await store.set(key, secret, undefined)
    await detour.stop()
    expect((await storeFailure(store.get(key))).code).toBe('STORE_UNAVAILABLE')
    const ready = new Promise((resolve) => ownClient.once('ready', resolve))
    await detour.start()
    await ready
    expect(await store.get(key)).toEqual({ value: secret, version })
  })

  it('falls silent, and is asked by another connection then', async () => {
    const detour = await detourTo(url)
    const store = opened({ url: detour.url, timeoutMs: 600 })
    const key = newKey()
    const version = await store.set(key, secret, undefined)
    detour.mute()
    expect((await storeFailure(store.get(key))).message).toContain('TIMEOUT')
    detour.unmute()
    expect(await store.get(key)).toEqual({ value: secret, version })
  })

  it("an error of the app's client does not end the process", async () => {
    const ownClient = clientOf(url)
    const store = redisStore({ client: ownClient, prefix })
    await ownClient.connect()
    const key = newKey()
    const version = await store.set(key, secret, undefined)
    const ready = new Promise((resolve) => ownClient.once('ready', resolve))
    const id = await ownClient.clientId()
    await client.sendCommand(['CLIENT', 'KILL', 'ID', String(id)])
    await ready
    expect(await store.get(key)).toEqual({ value: secret, version })
    await store.close()
    expect(ownClient.listenerCount('error')).toBe(0)
  })

  it('a client that nobody has connected is told', async () => {
    const error = await storeFailure(redisStore({ client: clientOf(url), prefix }).get('key'))
    expect(error.hint).toMatch(/Connect the client/)
  })
})

describe.skipIf(unavailable !== undefined)('what is under the prefix', () => {
  it.each([
    ['another type', (name: string) => client.rPush(name, 'theirs')],
    ['no schema version', (name: string) => client.hSet(name, { value: 'theirs', version: '1' })],
    [
      'an unknown schema version',
      (name: string) => client.hSet(name, { schema: '2', value: 'x', version: '1' }),
    ],
  ])('T37 and is of %s is left as it is', async (_, write) => {
    const store = opened()
    const key = newKey()
    const name = `${prefix}value:{${key}}`
    await write(name)
    const before = await client.dump(name)
    for (const call of [store.get(key), store.set(key, secret, '1'), store.delete(key)]) {
      expect((await storeFailure(call)).code).toBe('RECORD_UNREADABLE')
    }
    expect(await client.dump(name)).toEqual(before)
  })

  it('is all that keys() tells, each once, whatever the prefix', async () => {
    const store = opened({ prefix: `${prefix}a*[b]?\\:` })
    const keys = Array.from({ length: 300 }, (_, index) => `key/${index}/}{*`)
    await Promise.all(keys.map((key) => store.set(key, secret, undefined)))
    await opened({ prefix: `${prefix}axb?\\:` }).set('other', secret, undefined)
    await store.lock('locked', 'owner', 60_000)
    const told: string[] = []
    for await (const key of store.keys()) told.push(key)
    expect(told.toSorted()).toEqual(keys.toSorted())
  })

  it('lives in one slot for each key', async () => {
    const store = opened()
    const key = newKey()
    await store.set(key, secret, undefined)
    await store.lock(key, 'owner', 60_000)
    const names = await client.keys(`${prefix}*{${key}}`)
    expect(names).toHaveLength(2)
    // Redis takes the slot from what is between the first braces.
    expect(names.map((name) => /\{([^}]+)\}/.exec(name)?.[1])).toEqual([key, key])
  })

  it('lets a lock go by itself', async () => {
    const key = newKey()
    await opened().lock(key, 'owner', 1500.5)
    expect(await client.pTTL(`${prefix}lock:{${key}}`)).toSatisfy((ttl: number) => ttl > 0 && ttl <= 1501)
  })
})

describe('options', () => {
  it('are a client or a URL', () => {
    const none = {} as RedisStoreOptions
    const both = { client, url } as unknown as RedisStoreOptions
    for (const options of [none, both, { url: 'localhost' }, { url: `https://x:${password}@host` }]) {
      expect(() => redisStore(options)).toThrow(ConfigError)
    }
    expect(() => redisStore({ url: password })).not.toThrow(password)
  })

  it('take a cluster', async () => {
    const cluster = createCluster({ rootNodes: [{ url: `redis://127.0.0.1:${await closedPort()}` }] })
    const store = redisStore({ client: cluster, prefix, timeoutMs: 200 })
    expect((await storeFailure(store.get('key'))).code).toBe('STORE_UNAVAILABLE')
    await store.close()
  })
})

describe.skipIf(unavailable !== undefined)('close', () => {
  it('leaves the client of the app open', async () => {
    {
      await using store = redisStore({ client, prefix })
      await store.get('key')
    }
    expect(await client.ping()).toBe('PONG')
  })

  it('ends the store', async () => {
    const store = open()
    await store.get('key')
    await store.close()
    await store.close()
    expect((await storeFailure(store.get('key'))).code).toBe('STORE_UNAVAILABLE')
  })
})
