import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { failure } from '../../../test/failure.ts'
import {
  type CredentialStore,
  ConfigError,
  encryptedStore,
  type EncryptionKeysSource,
  memoryStore,
  reencrypt,
  Secret,
} from '../../index.ts'

const bytes = (fill: number) => new Uint8Array(32).fill(fill)
const oldKey = { id: 'old', key: bytes(1) }
const newKey = { id: 'new', key: bytes(2) }
const record = 'github/octocat'
const secret = 'test-token-1'

async function stored(key = oldKey) {
  const inner = memoryStore()
  const store = encryptedStore(inner, { keys: [key] })
  await store.set(record, secret, undefined)
  const { value } = (await inner.get(record))!
  return { inner, store, value }
}

/** Replaces what the inner store holds. */
async function put(store: CredentialStore, key: string, value: string): Promise<void> {
  await store.set(key, value, (await store.get(key))?.version)
}

/** The error of reading a record, which must be left as it is. */
async function refusal(inner: CredentialStore, keys: EncryptionKeysSource, key = record) {
  const before = await inner.get(key)
  const error = await failure(encryptedStore(inner, { keys }).get(key))
  expect(await inner.get(key)).toEqual(before)
  expect(error.hint).toBeTypeOf('string')
  expect(inspect(error)).not.toContain(secret)
  return error
}

describe('an encrypted store', () => {
  it.each([
    ['bytes', bytes(1)],
    ['base64', Buffer.from(bytes(251)).toString('base64')],
    ['base64url', Buffer.from(bytes(251)).toString('base64url')],
    ['a Secret', new Secret(Buffer.from(bytes(1)).toString('base64'))],
    ['a function', () => bytes(1)],
    ['an async function', async () => Buffer.from(bytes(1)).toString('base64')],
  ])('takes a key as %s', async (_, key) => {
    const store = encryptedStore(memoryStore(), { keys: [{ id: 'a', key }] })
    await store.set(record, secret, undefined)
    expect((await store.get(record))?.value).toBe(secret)
  })

  it('asks a function for the keys of every call', async () => {
    const { inner } = await stored()
    let keys = [oldKey]
    const store = encryptedStore(inner, { keys: () => keys })
    expect((await store.get(record))?.value).toBe(secret)
    keys = [newKey, oldKey]
    const found = await store.get(record)
    await store.set(record, 'test-token-2', found?.version)
    expect(JSON.parse((await inner.get(record))!.value)).toMatchObject({ v: 1, kid: 'new' })
  })

  it('holds nothing of the value, and never the same twice', async () => {
    const { inner, store, value } = await stored()
    expect(value).not.toContain(secret)
    expect(Buffer.from((JSON.parse(value) as { ct: string }).ct, 'base64url').toString()).not.toContain(
      secret,
    )
    await store.set(record, secret, (await store.get(record))?.version)
    const again = JSON.parse((await inner.get(record))!.value) as { iv: string; ct: string }
    expect(value).not.toContain(again.iv)
    expect(value).not.toContain(again.ct)
    expect(Buffer.from(again.iv, 'base64url')).toHaveLength(12)
  })

  it('S02 shows no key when printed', async () => {
    const { store } = await stored()
    const printed = inspect(store, { depth: 20, showHidden: true }) + JSON.stringify(store)
    expect(printed).not.toMatch(/1, 1, 1|AQEB|01 01/)
  })
})

describe('T37 a record that does not decipher', () => {
  it('after any flipped bit', async () => {
    const { inner, value } = await stored()
    for (let position = 0; position < value.length; position++) {
      for (const bit of [1, 2, 32]) {
        const flipped = String.fromCharCode(value.charCodeAt(position) ^ bit)
        await put(inner, record, value.slice(0, position) + flipped + value.slice(position + 1))
        const error = await refusal(inner, [oldKey])
        expect(['RECORD_UNDECIPHERABLE', 'RECORD_UNREADABLE']).toContain(error.code)
      }
    }
  })

  it('under a wrong key', async () => {
    const { inner } = await stored()
    expect(await refusal(inner, [{ id: 'old', key: bytes(9) }])).toMatchObject({
      code: 'RECORD_UNDECIPHERABLE',
    })
  })

  it('under a key that is not there, which the hint names', async () => {
    const { inner } = await stored()
    const error = await refusal(inner, [newKey])
    expect(error).toMatchObject({ name: 'StoreError', code: 'RECORD_UNDECIPHERABLE' })
    expect(error.hint).toContain('"old"')
  })

  it('when it was moved to another account', async () => {
    const { inner, value } = await stored()
    await put(inner, 'github/hubot', value)
    const error = await refusal(inner, [oldKey], 'github/hubot')
    expect(error).toMatchObject({ code: 'RECORD_UNDECIPHERABLE' })
  })

  it('when it names another key of the same bytes', async () => {
    const { inner, value } = await stored()
    await put(inner, record, value.replace('"old"', '"new"'))
    expect(await refusal(inner, [{ id: 'new', key: bytes(1) }])).toMatchObject({
      code: 'RECORD_UNDECIPHERABLE',
    })
  })

  it.each([
    ['plain text', secret],
    ['a plain record', JSON.stringify({ accessToken: secret })],
    ['an empty text', ''],
    ['a list', '[]'],
    ['half an envelope', '{"v":1,"kid":"old","iv":"AAAA'],
    ['a later format', '{"v":2,"kid":"old","data":"AAAA"}'],
  ])('because it is %s', async (_, value) => {
    const { inner } = await stored()
    await put(inner, record, value)
    expect(await refusal(inner, [oldKey])).toMatchObject({ name: 'StoreError', code: 'RECORD_UNREADABLE' })
  })
})

describe('keys that are none', () => {
  const wrong = (key: unknown) => [{ id: 'a', key }] as EncryptionKeysSource
  it.each<[string, EncryptionKeysSource]>([
    ['too short', wrong(new Uint8Array(31).fill(77))],
    ['too long', wrong(new Uint8Array(33).fill(77))],
    ['short text', wrong(Buffer.from('test-token-1').toString('base64'))],
    ['garbled text', wrong('test-token-1 ???')],
    ['undefined', wrong(undefined)],
    ['without an id', [{ id: '', key: bytes(1) }]],
    ['two of one id', [oldKey, oldKey]],
    ['an empty list', []],
    ['no list', undefined as unknown as EncryptionKeysSource],
  ])('are refused at once: %s', (_, keys) => {
    const make = () => encryptedStore(memoryStore(), { keys })
    expect(make).toThrow(ConfigError)
    expect(() => make()).toThrow(/expected/)
    expect(make).not.toThrow(/test-token-1|77|TU1N/)
  })

  it('are refused when a function gives them', async () => {
    const store = encryptedStore(memoryStore(), { keys: [{ id: 'a', key: () => 'test-token-1' }] })
    const error = await failure(store.set(record, secret, undefined))
    expect(error).toMatchObject({ name: 'ConfigError', code: 'CONFIG_INVALID' })
    expect(inspect(error)).not.toContain('test-token-1')
  })

  it('are a StoreError when the function throws, which tells nothing of what it threw', async () => {
    const keys = () => Promise.reject(new TypeError(secret))
    const error = await failure(encryptedStore(memoryStore(), { keys }).set(record, secret, undefined))
    expect(error).toMatchObject({ name: 'StoreError', code: 'STORE_UNAVAILABLE', isRetryable: true })
    expect(inspect(error)).not.toContain(secret)
  })
})

describe('reencrypt', () => {
  async function filled(count: number) {
    const inner = memoryStore()
    const old = encryptedStore(inner, { keys: [oldKey] })
    for (let index = 0; index < count; index++) await old.set(`account/${index}`, `value-${index}`, undefined)
    return { inner, old, both: encryptedStore(inner, { keys: [newKey, oldKey] }) }
  }

  it('encrypts every value under the current key, so that the old one can go', async () => {
    const { inner, both } = await filled(5)
    const found = await both.get('account/0')
    await both.set('account/0', 'value-0', found?.version)
    const seen: number[] = []
    const counts = await reencrypt(both, { onProgress: ({ total }) => seen.push(total) })
    expect(counts).toEqual({ total: 5, reencrypted: 4, current: 1 })
    expect(seen).toEqual([1, 2, 3, 4, 5])
    const onlyNew = encryptedStore(inner, { keys: [newKey] })
    for (let index = 0; index < 5; index++) {
      expect((await onlyNew.get(`account/${index}`))?.value).toBe(`value-${index}`)
    }
    expect(await reencrypt(both)).toEqual({ total: 5, reencrypted: 0, current: 5 })
  })

  it('loses no write of others meanwhile', async () => {
    const { inner, old, both } = await filled(1)
    // Another process writes under the old key between the read and the write, twice.
    let others = 2
    const contended: CredentialStore = {
      ...inner,
      set: async (key, value, expected) => {
        if (others-- > 0) await put(old, key, `other-${others}`)
        return inner.set(key, value, expected)
      },
    }
    const counts = await reencrypt(encryptedStore(contended, { keys: [newKey, oldKey] }))
    expect(counts).toEqual({ total: 1, reencrypted: 1, current: 0 })
    expect(await both.isOutdated('account/0')).toBe(false)
    expect((await both.get('account/0'))?.value).toBe('other-0')
  })

  it('waits for whoever holds the lock, and gives up its own', async () => {
    const { both } = await filled(1)
    await both.lock('account/0', 'other', 250)
    const started = performance.now()
    expect(await reencrypt(both)).toMatchObject({ reencrypted: 1 })
    expect(performance.now() - started).toBeGreaterThan(200)
    expect(await both.lock('account/0', 'next', 1000)).toBe(true)
  })

  it('skips what was deleted meanwhile', async () => {
    const { inner, both } = await filled(2)
    const store = {
      ...both,
      async *keys() {
        for await (const key of inner.keys()) {
          await inner.delete('account/1')
          yield key
        }
      },
    }
    expect(await reencrypt(store)).toEqual({ total: 1, reencrypted: 1, current: 0 })
  })

  it('does the others before it tells of one that does not decipher', async () => {
    const { inner, both } = await filled(3)
    await put(inner, 'account/0', secret)
    const error = await failure(reencrypt(both))
    expect(error).toMatchObject({ name: 'StoreError', code: 'RECORD_UNREADABLE' })
    expect((await inner.get('account/0'))?.value).toBe(secret)
    expect(await both.isOutdated('account/2')).toBe(false)
  })

  it('stops when aborted, and goes on when called again', async () => {
    const { both } = await filled(3)
    const controller = new AbortController()
    const { signal } = controller
    const error = await failure(
      reencrypt(both, {
        signal,
        onProgress: () => {
          controller.abort()
        },
      }),
    )
    expect(error).toMatchObject({ name: 'AbortError' })
    expect(await reencrypt(both)).toEqual({ total: 3, reencrypted: 2, current: 1 })
  })
})
