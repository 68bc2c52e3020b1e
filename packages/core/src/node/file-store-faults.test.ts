import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { failure } from '../../test/failure.ts'
import type { CredentialStore } from '../index.ts'
import { fileStore } from './file-store.ts'
import { failing, patchFileSystem } from './interrupt.fixture.ts'

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
const secret = 'test-token-1'

interface Scene {
  store: CredentialStore
  directory: string
  /** Directory of the key. */
  path: string
  /** File of the value. */
  file: string
}

async function scene(): Promise<Scene> {
  const directory = join(root, crypto.randomUUID())
  const store = fileStore({ directory })
  await store.set(key, secret, undefined)
  const [name] = await readdir(directory)
  const path = join(directory, name!)
  const file = (await readdir(path)).find((each) => each.startsWith('value.'))
  return { store, directory, path, file: join(path, file!) }
}

async function keysOf(store: CredentialStore): Promise<string[]> {
  const keys: string[] = []
  for await (const each of store.keys()) keys.push(each)
  return keys
}

/** Everything below a directory. */
async function contents(directory: string): Promise<unknown[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path, entry.isFile() ? await readFile(path, 'utf8') : '']
    }),
  )
}

const edited = async ({ file }: Scene, change: (json: Record<string, unknown>) => object) => {
  const json = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
  await writeFile(file, JSON.stringify(change(json)))
}

describe('T37 a damaged credential is no empty store', () => {
  it.each<[string, string, (scene: Scene) => Promise<unknown>]>([
    [
      'cut off',
      'RECORD_UNREADABLE',
      async ({ file }) => writeFile(file, (await readFile(file)).subarray(0, 40)),
    ],
    ['emptied', 'RECORD_UNREADABLE', ({ file }) => writeFile(file, '')],
    ['overwritten', 'RECORD_UNREADABLE', ({ file }) => writeFile(file, '\0'.repeat(100))],
    ['no object', 'RECORD_UNREADABLE', ({ file }) => writeFile(file, 'null')],
    ['of another shape', 'RECORD_UNREADABLE', (here) => edited(here, ({ key }) => ({ format: 1, key }))],
    ['of a later format', 'RECORD_UNREADABLE', (here) => edited(here, (json) => ({ ...json, format: 2 }))],
    [
      'of another version',
      'RECORD_UNREADABLE',
      (here) => edited(here, (json) => ({ ...json, version: 'x' })),
    ],
    [
      'of another key',
      'RECORD_MISMATCH',
      (here) => edited(here, (json) => ({ ...json, key: 'github/hubot' })),
    ],
    ['without its value', 'RECORD_UNREADABLE', ({ file }) => rm(file)],
    [
      'without its state',
      'RECORD_UNREADABLE',
      async ({ path }) =>
        rm(
          join(
            path,
            (await readdir(path)).find((name) => name.startsWith('present.'))!,
          ),
        ),
    ],
    [
      'with two states',
      'RECORD_UNREADABLE',
      ({ path }) => writeFile(join(path, `absent.${crypto.randomUUID()}`), ''),
    ],
    [
      'a file in place of a directory',
      'STORE_UNAVAILABLE',
      async ({ path }) => {
        await rm(path, { recursive: true })
        await writeFile(path, '')
      },
    ],
  ])('but an error, where it is %s', async (_, code, damage) => {
    const here = await scene()
    await damage(here)
    const before = await contents(here.directory)
    const error = await failure(here.store.get(key))
    expect(error).toMatchObject({ name: 'StoreError', code, outcome: 'not_sent' })
    expect(error.hint).toContain(here.directory)
    expect(inspect(error)).not.toContain(secret)
    expect(await here.store.set(key, 'new', undefined).catch(() => undefined)).toBeUndefined()
    expect(await contents(here.directory)).toEqual(before)
  })

  it('says to update the library for a later format', async () => {
    const here = await scene()
    await edited(here, (json) => ({ ...json, format: 2 }))
    expect((await failure(here.store.get(key))).message).toContain('update')
  })

  it.each<[string, string, (scene: Scene) => Promise<unknown>]>([
    ['lost its name', 'RECORD_UNREADABLE', ({ path }) => rm(join(path, 'key.json'))],
    [
      'copied from that of another key',
      'RECORD_MISMATCH',
      async ({ path }) =>
        cp(
          path,
          path.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
          { recursive: true },
        ),
    ],
  ])('and is told by keys(), where its directory %s, after every other key', async (_, code, damage) => {
    const here = await scene()
    await here.store.set('hubspot/7', 'another', undefined)
    await damage(here)
    const seen: string[] = []
    const error = await failure(async () => {
      for await (const each of here.store.keys()) seen.push(each)
    })
    expect(error).toMatchObject({ name: 'StoreError', code })
    expect(seen).toContain('hubspot/7')
  })

  it('or one that was moved in place of another key', async () => {
    const here = await scene()
    await here.store.set('hubspot/7', 'another', undefined)
    const other = (await readdir(here.directory)).find((name) => name.startsWith('hubspot'))!
    await rm(join(here.directory, other), { recursive: true })
    await rename(here.path, join(here.directory, other))
    expect(await failure(here.store.get('hubspot/7'))).toMatchObject({ code: 'RECORD_MISMATCH' })
  })
})

describe.skipIf(process.platform === 'win32')('S09 files are for this user alone', () => {
  it.each([0, 0o022, 0o777])('whatever the umask: %o', async (mask) => {
    const before = process.umask(mask)
    try {
      const { store, directory } = await scene()
      await store.lock(key, 'a', 1000)
      const entries = await readdir(directory, { recursive: true, withFileTypes: true })
      for (const entry of entries) {
        const { mode } = await stat(join(entry.parentPath, entry.name))
        expect(mode & 0o777).toBe(entry.isDirectory() ? 0o700 : 0o600)
      }
      expect((await stat(directory)).mode & 0o777).toBe(0o700)
    } finally {
      process.umask(before)
    }
  })

  it.each<[string, string, (scene: Scene) => string, number]>([
    ['directory', 'chmod 700', ({ directory }) => directory, 0o750],
    ['directory of a key', 'chmod 700', ({ path }) => path, 0o711],
    ['file', 'chmod 600', ({ file }) => file, 0o640],
    ['file that others write', 'chmod 600', ({ file }) => file, 0o602],
  ])('T37 and refused where others may use the %s', async (_, command, pathIn, mode) => {
    const here = await scene()
    await chmod(pathIn(here), mode)
    const error = await failure(here.store.get(key))
    expect(error).toMatchObject({ name: 'StoreError', code: 'STORE_INSECURE', outcome: 'not_sent' })
    expect(error.hint).toContain(`${command} ${pathIn(here)}`)
  })

  it('T37 and refused where they belong to another user', async () => {
    const here = await scene()
    vi.spyOn(process, 'geteuid').mockReturnValue(54_321)
    expect(await failure(here.store.get(key))).toMatchObject({ code: 'STORE_INSECURE' })
  })
})

describe('T10 a file system that refuses', () => {
  it.each([
    ['open', 'EACCES', 'read and write'],
    ['open', 'EROFS', 'read-only'],
    ['file.writeFile', 'ENOSPC', 'Free space'],
    ['file.sync', 'EIO', 'disk'],
    ['rename', 'EDQUOT', 'Free space'],
    ['open', 'EMFILE', 'open files'],
    ['readdir', 'EPERM', 'read and write'],
  ])('%s with %s is an error that says what to do, and changes nothing', async (name, code, hint) => {
    const { store } = await scene()
    const found = await store.get(key)
    const error = await failure(failing(name, code, () => store.set(key, 'new', found?.version)))
    expect(error).toMatchObject({ name: 'StoreError', code: 'STORE_UNAVAILABLE', outcome: 'not_sent' })
    expect(error.message).toContain(code)
    expect(error.hint).toContain(hint)
    expect(inspect(error)).not.toContain(secret)
    expect(await store.get(key)).toEqual(found)
    expect(await store.set(key, 'new', found?.version)).toBeTypeOf('string')
  })

  it('leaves no half of a value behind', async () => {
    const { store, path } = await scene()
    const found = await store.get(key)
    const before = await readdir(path)
    await failure(failing('file.sync', 'ENOSPC', () => store.set(key, 'new', found?.version)))
    expect(await readdir(path)).toEqual(before)
  })

  it('a deletion that could not remove the value is an error, and done by the next', async () => {
    const { store, directory } = await scene()
    expect(await failure(failing('rm', 'EACCES', () => store.delete(key)))).toMatchObject({
      code: 'STORE_UNAVAILABLE',
    })
    await store.delete(key)
    expect(inspect(await contents(directory))).not.toContain(secret)
  })

  it('and a directory that is none', async () => {
    const file = join(root, 'file')
    await writeFile(file, '')
    for (const directory of [file, join(file, 'below')]) {
      const error = await failure(fileStore({ directory }).get(key))
      expect(error).toMatchObject({ name: 'StoreError', code: 'STORE_UNAVAILABLE' })
      expect(error.hint).toContain('directory')
    }
  })

  it('and no directory at all', async () => {
    expect(await failure(() => fileStore({ directory: '' }).get(key))).toMatchObject({
      code: 'CONFIG_INVALID',
    })
  })
})

describe('a file store', () => {
  it('makes its directory, with those above it', async () => {
    const directory = join(root, 'a', 'b', 'c')
    expect(await fileStore({ directory }).get(key)).toBeUndefined()
    expect(await keysOf(fileStore({ directory }))).toEqual([])
  })

  it('tells keys apart that differ in case alone, on any file system', async () => {
    const { store, directory } = await scene()
    await store.set(key.toUpperCase(), 'another', undefined)
    const names = await readdir(directory)
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(2)
  })

  it('T12 counts a lock as ended that the clock, set back, would make last', async () => {
    const { store } = await scene()
    await store.lock(key, 'a', 10_000)
    const now = Date.now()
    vi.spyOn(Date, 'now').mockReturnValue(now - 500)
    expect(await store.lock(key, 'b', 10_000)).toBe(false)
    vi.spyOn(Date, 'now').mockReturnValue(now - 3_600_000)
    expect(await store.lock(key, 'b', 10_000)).toBe(true)
  })

  it('removes what processes left unfinished long ago, and nothing else', async () => {
    const { store, directory } = await scene()
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000)
    for (const name of ['new.old', 'new.recent', 'trash.old', 'notes']) {
      await mkdir(join(directory, name))
      await writeFile(join(directory, name, 'key.json'), '{}')
      if (name !== 'new.recent') await utimes(join(directory, name), longAgo, longAgo)
    }
    await store.set('hubspot/7', 'another', undefined)
    const names = await readdir(directory)
    expect(names.filter((name) => /^(?:new|trash|notes)/.test(name)).sort()).toEqual(['new.recent', 'notes'])
    expect(await keysOf(store)).toHaveLength(2)
  })
})
