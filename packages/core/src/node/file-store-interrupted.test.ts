import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CredentialStore } from '../index.ts'
import { fileStore } from './file-store.ts'
import { interrupt, patchFileSystem, type Side } from './interrupt.fixture.ts'

let root: string
let restore: () => void
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'file-store-'))
  restore = patchFileSystem()
})
afterAll(async () => {
  restore()
  await rm(root, { recursive: true })
})

const key = 'github/octocat'
const longMs = 60_000
const sides: Side[] = ['before', 'after']

interface Scene {
  store: CredentialStore
  directory: string
  /** Version of the value that is there; undefined where there is none. */
  version: string | undefined
}

async function scene(value: string | undefined): Promise<Scene> {
  const directory = join(root, crypto.randomUUID())
  const store = fileStore({ directory })
  const version = value === undefined ? undefined : await store.set(key, value, undefined)
  return { store, directory, version }
}

/** Stops `work` at every call it makes, before and after it, each time in a new directory. */
async function everywhere<T>(
  value: string | undefined,
  work: (scene: Scene) => Promise<T>,
  check: (scene: Scene, resume: () => Promise<T>) => Promise<void>,
): Promise<number> {
  let points = 0
  for (let at = 1; ; at++) {
    for (const side of sides) {
      const here = await scene(value)
      const interrupted = interrupt(at, side, () => work(here))
      await interrupted.reached
      if (interrupted.calls < at) return points
      points++
      await check(here, () => {
        interrupted.resume()
        return interrupted.result
      })
      interrupted.resume()
      await interrupted.result.catch(() => undefined)
    }
  }
}

async function filesHolding(directory: string, text: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const texts = await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const))
  return texts.filter(([, content]) => content.includes(text)).map(([file]) => file)
}

describe('a file store whose process dies at any of its calls to the file system', () => {
  it.each([
    ['the first write', undefined],
    ['another write', 'old-value'],
  ])('T09 is whole and usable after %s', async (_, before) => {
    const points = await everywhere(
      before,
      ({ store, version }) => store.set(key, 'new-value', version),
      async ({ store, directory }) => {
        const found = await store.get(key)
        expect([before, 'new-value']).toContain(found?.value)
        expect(await store.set(key, 'next-value', found?.version)).toBeTypeOf('string')
        expect((await store.get(key))?.value).toBe('next-value')
        expect(await filesHolding(directory, 'old-value')).toEqual([])
        expect(await filesHolding(directory, 'new-value')).toEqual([])
      },
    )
    expect(points).toBeGreaterThan(20)
  })

  it('T09 is whole and usable after a deletion, and the next one leaves nothing behind', async () => {
    const points = await everywhere(
      'old-value',
      ({ store }) => store.delete(key),
      async ({ store, directory }) => {
        expect(['old-value', undefined]).toContain((await store.get(key))?.value)
        await store.delete(key)
        expect(await store.get(key)).toBeUndefined()
        expect(await filesHolding(directory, 'old-value')).toEqual([])
        expect(await store.set(key, 'next-value', undefined)).toBeTypeOf('string')
      },
    )
    expect(points).toBeGreaterThan(10)
  })

  it('T12 has a lock that ends, whether it was taken or not', async () => {
    await everywhere(
      undefined,
      ({ store }) => store.lock(key, 'dead', 0),
      async ({ store }) => {
        expect(await store.lock(key, 'b', longMs)).toBe(true)
        expect(await store.lock(key, 'c', longMs)).toBe(false)
      },
    )
  })
})

describe('a process that was stopped at any of its calls and wakes up late', () => {
  it.each([
    ['the first write', undefined],
    ['another write', 'old-value'],
  ])('T13 wins %s or loses it, as the other one finds', async (_, before) => {
    await everywhere(
      before,
      ({ store, version }) => store.set(key, 'late', version),
      async ({ store, version }, resume) => {
        const other = await store.set(key, 'other', version)
        const late = await resume()
        expect([late, other].filter(Boolean)).toHaveLength(1)
        expect(await store.get(key)).toEqual(
          late === undefined ? { value: 'other', version: other } : { value: 'late', version: late },
        )
      },
    )
  })

  it.each([
    ['the first write', undefined],
    ['another write', 'old-value'],
  ])('T13 undoes nothing that came after %s, however much', async (_, before) => {
    await everywhere(
      before,
      ({ store, version }) => store.set(key, 'late', version),
      async ({ store }, resume) => {
        let version = (await store.get(key))?.version
        for (const value of ['a', 'b', 'c']) version = await store.set(key, value, version)
        expect(await store.delete(key)).toBe(true)
        const last = await store.set(key, 'last', undefined)
        await resume()
        expect(await store.get(key)).toEqual({ value: 'last', version: last })
      },
    )
  })

  it('wins, and has its value, when nothing but cleaning came between', async () => {
    await everywhere(
      undefined,
      ({ store }) => store.set(key, 'late', undefined),
      async ({ store }, resume) => {
        await store.lock(key, 'other', longMs)
        const isWritten = (await store.get(key)) !== undefined
        if (!isWritten) expect(await store.delete(key)).toBe(false)
        const version = await resume()
        expect(await store.get(key)).toEqual({ value: 'late', version })
      },
    )
  })

  it('T13 finds no value damaged by what it removes', async () => {
    await everywhere(
      'old-value',
      ({ store }) => store.delete(key),
      async ({ store }, resume) => {
        const { version } = (await store.get(key)) ?? {}
        const next = await store.set(key, 'next', version)
        const wasDeleted = await resume()
        const found = await store.get(key)
        expect(found === undefined || (found.value === 'next' && found.version === next)).toBe(true)
        expect(wasDeleted).toBe(true)
      },
    )
  })

  it('T11 T13 takes no lock that another took meanwhile', async () => {
    await everywhere(
      'old-value',
      ({ store }) => store.lock(key, 'late', longMs),
      async ({ store }, resume) => {
        const other = await store.lock(key, 'other', longMs)
        expect([await resume(), other].filter(Boolean)).toHaveLength(1)
      },
    )
  })

  it('T12 gives up no lock that another took over', async () => {
    await everywhere(
      'old-value',
      async ({ store }) => {
        await store.lock(key, 'late', 0)
        await store.unlock(key, 'late')
      },
      async ({ store }, resume) => {
        expect(await store.lock(key, 'other', longMs)).toBe(true)
        await resume()
        expect(await store.lock(key, 'third', longMs)).toBe(false)
      },
    )
  })

  it('reads one of the values there were meanwhile', async () => {
    await everywhere(
      'old-value',
      ({ store }) => store.get(key),
      async ({ store, version }, resume) => {
        let last = version
        for (const value of ['a', 'b']) last = await store.set(key, value, last)
        expect(['old-value', 'a', 'b']).toContain((await resume())?.value)
      },
    )
  })
})
