import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { CredentialStore } from '../credentials/credential-store.ts'

export interface CredentialStoreSubject {
  /** Opens the storage. Called several times for one test, as by several processes: all see the same data. */
  open: () => CredentialStore | Promise<CredentialStore>
  close?: (store: CredentialStore) => void | Promise<void>
  /** Why the storage cannot be reached here; the suite is then shown as skipped. */
  unavailable?: string | undefined
}

const longMs = 60_000
const shortMs = 30

/**
 * The contract suite of a credential store. Call it at the top level of a vitest file.
 *
 * @example describeCredentialStore('memory', { open: () => store })
 */
export function describeCredentialStore(name: string, subject: CredentialStoreSubject): void {
  const { open, close, unavailable } = subject
  const title = unavailable === undefined ? name : `${name} (skipped: ${unavailable})`

  async function handles(): Promise<readonly [CredentialStore, CredentialStore]> {
    const opened = [await open(), await open()] as const
    onTestFinished(async () => {
      for (const store of opened) await close?.(store)
    })
    return opened
  }
  const newKey = (suffix = '') => `test/${crypto.randomUUID()}/${suffix}`
  async function keysOf(store: CredentialStore): Promise<string[]> {
    const keys: string[] = []
    for await (const key of store.keys()) keys.push(key)
    return keys
  }
  const winners = <T>(results: readonly T[]) => results.filter(Boolean)

  describe.skipIf(unavailable !== undefined)(`credential store: ${title}`, () => {
    describe('values', () => {
      it('has none to begin with', async () => {
        const [store] = await handles()
        const key = newKey()
        expect(await store.get(key)).toBeUndefined()
        expect(await store.delete(key)).toBe(false)
        expect(await keysOf(store)).not.toContain(key)
      })

      it('keeps what was set, for every handle', async () => {
        const [store, other] = await handles()
        const key = newKey()
        const version = await store.set(key, 'one', undefined)
        expect(version).toBeTypeOf('string')
        expect(await other.get(key)).toEqual({ value: 'one', version })
        expect(await keysOf(other)).toContain(key)
      })

      it.each([
        ['none, where there is one', undefined],
        ['another version', 'no-such-version'],
      ])('refuses to set where %s is expected', async (_, expected) => {
        const [store, other] = await handles()
        const key = newKey()
        const version = await store.set(key, 'one', undefined)
        expect(await other.set(key, 'two', expected)).toBeUndefined()
        expect(await store.get(key)).toEqual({ value: 'one', version })
      })

      it('refuses to set where a version is expected and there is none', async () => {
        const [store] = await handles()
        const key = newKey()
        expect(await store.set(key, 'one', 'no-such-version')).toBeUndefined()
        expect(await store.get(key)).toBeUndefined()
      })

      it('replaces the expected version by a new one, once', async () => {
        const [store, other] = await handles()
        const key = newKey()
        const first = await store.set(key, 'one', undefined)
        const second = await other.set(key, 'two', first)
        expect(second).toBeTypeOf('string')
        expect(second).not.toBe(first)
        expect(await store.set(key, 'three', first)).toBeUndefined()
        expect(await store.get(key)).toEqual({ value: 'two', version: second })
      })

      it('never uses a version again, so that a late writer does not revive what was deleted', async () => {
        const [store, other] = await handles()
        const key = newKey()
        const first = await store.set(key, 'one', undefined)
        expect(await other.delete(key)).toBe(true)
        expect(await store.delete(key)).toBe(false)
        expect(await store.set(key, 'late', first)).toBeUndefined()
        expect(await store.get(key)).toBeUndefined()
        const second = await store.set(key, 'two', undefined)
        expect(second).not.toBe(first)
        expect(await store.set(key, 'late', first)).toBeUndefined()
        expect((await other.get(key))?.value).toBe('two')
      })

      it('lets exactly one of many writers win', async () => {
        const [store, other] = await handles()
        const key = newKey()
        let version: string | undefined
        for (let round = 0; round < 5; round++) {
          const writers = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? store : other))
          const results = await Promise.all(
            writers.map((writer, index) => writer.set(key, `${round}-${index}`, version)),
          )
          expect(winners(results)).toHaveLength(1)
          const winner = results.findIndex(Boolean)
          version = results[winner]
          expect(await store.get(key)).toEqual({ value: `${round}-${winner}`, version })
        }
      })

      it.each([
        ['T33 a long text', 'x'.repeat(1024 * 1024)],
        ['quotes, lines, backslashes', `{"a":"it's \\"so\\"\\n"}\n\\`],
        ['text beyond ASCII', 'ключ 鍵 🔑 \u2028'],
        ['an empty text', ''],
      ])('keeps %s as it is', async (_, value) => {
        const [store, other] = await handles()
        const key = newKey()
        await store.set(key, value, undefined)
        expect((await other.get(key))?.value === value).toBe(true)
      })

      it.each([
        ['slashes and dots', '../../x/./..'],
        ['quotes and spaces', `it's "a" %2f \\ $1 *?<>|`],
        ['much text', 'k'.repeat(450)],
        ['what only case tells apart', 'Name'],
      ])('knows keys of %s', async (_, suffix) => {
        const [store, other] = await handles()
        const key = newKey(suffix)
        const similar = key.slice(0, -1) + key.slice(-1).toUpperCase()
        const version = await store.set(key, 'one', undefined)
        expect(await other.get(key)).toEqual({ value: 'one', version })
        if (similar !== key) expect(await other.get(similar)).toBeUndefined()
        expect(await keysOf(other)).toContain(key)
        expect(await other.delete(key)).toBe(true)
        expect(await keysOf(other)).not.toContain(key)
      })
    })

    describe('locks', () => {
      it('T11 belong to one owner, until given up', async () => {
        const [store, other] = await handles()
        const key = newKey()
        expect(await store.lock(key, 'a', longMs)).toBe(true)
        expect(await other.lock(key, 'b', longMs)).toBe(false)
        await store.unlock(key, 'a')
        expect(await other.lock(key, 'b', longMs)).toBe(true)
        expect(await store.lock(key, 'a', longMs)).toBe(false)
      })

      it('T12 are not given up by another owner', async () => {
        const [store, other] = await handles()
        const key = newKey()
        await store.lock(key, 'a', longMs)
        await other.unlock(key, 'b')
        expect(await other.lock(key, 'b', longMs)).toBe(false)
        await other.unlock(newKey(), 'b')
      })

      it('of one key do not touch another key, or any value', async () => {
        const [store] = await handles()
        const key = newKey()
        const version = await store.set(key, 'one', undefined)
        await store.lock(key, 'a', longMs)
        expect(await store.lock(newKey(), 'b', longMs)).toBe(true)
        expect(await store.get(key)).toEqual({ value: 'one', version })
        expect(await store.set(key, 'two', version)).toBeTypeOf('string')
        expect(await store.delete(key)).toBe(true)
        expect(await store.lock(key, 'b', longMs)).toBe(false)
        expect(await keysOf(store)).not.toContain(key)
      })

      it('T13 are made longer by their owner', async () => {
        const [store, other] = await handles()
        const key = newKey()
        expect(await store.lock(key, 'a', shortMs)).toBe(true)
        expect(await store.lock(key, 'a', longMs)).toBe(true)
        await passes(shortMs * 2)
        expect(await other.lock(key, 'b', longMs)).toBe(false)
      })

      it('T12 T13 of a dead owner are taken over once they end, and then are no longer its own', async () => {
        const [store, other] = await handles()
        const key = newKey()
        await store.lock(key, 'dead', shortMs)
        await vi.waitFor(async () => {
          expect(await other.lock(key, 'b', longMs)).toBe(true)
        })
        expect(await store.lock(key, 'dead', longMs)).toBe(false)
        await store.unlock(key, 'dead')
        expect(await store.lock(key, 'c', longMs)).toBe(false)
      })

      it('T11 are won by exactly one of many, when free and when taken over', async () => {
        const [store, other] = await handles()
        for (let round = 0; round < 5; round++) {
          const key = newKey()
          if (round % 2 === 1) {
            await store.lock(key, 'dead', 1)
            await passes(5)
          }
          const contenders = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? store : other))
          const results = await Promise.all(
            contenders.map((contender, index) => contender.lock(key, `owner-${index}`, longMs)),
          )
          expect(winners(results)).toHaveLength(1)
        }
      })
    })
  })
}

/** Until a lock's time is over, which is what is being tested. */
async function passes(durationMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, durationMs))
}
