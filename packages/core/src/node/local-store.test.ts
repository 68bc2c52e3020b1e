import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { failure } from '../../test/failure.ts'
import { encryptedStore, reencrypt } from '../index.ts'
import { fileStore, localDirectories, localKeys, localStore } from './index.ts'

const root = await mkdtemp(join(tmpdir(), 'local-store-'))
afterAll(() => rm(root, { recursive: true }))

const fresh = () => join(root, crypto.randomUUID())
const key = 'github/octocat'
const secret = 'test-token-1&=/'

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** The ways a text may stand in a file. */
function forms(text: string): string[] {
  const buffer = Buffer.from(text)
  return [
    text,
    buffer.toString('base64').replaceAll('=', ''),
    buffer.toString('base64url'),
    buffer.toString('hex'),
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
  ]
}

/** Those of the secret's forms that stand in any file below a directory. */
async function formsBelow(directory: string): Promise<string[]> {
  const files = await filesBelow(directory)
  const contents = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  return forms(secret).filter((form) => contents.some((content) => content.includes(form)))
}

describe('the local store', () => {
  it.skipIf(process.platform === 'win32')('lies where the environment says, or in the home directory', () => {
    expect(localDirectories({ environment: { XDG_CONFIG_HOME: '/config' } })).toEqual({
      credentials: '/config/agent/credentials',
      keys: '/config/agent/keys',
    })
    const inHome = join(homedir(), '.config/agent/credentials')
    expect(localDirectories().credentials).toBe(inHome)
    for (const XDG_CONFIG_HOME of ['', 'relative', undefined]) {
      expect(localDirectories({ environment: { XDG_CONFIG_HOME } }).credentials).toBe(inHome)
    }
    expect(
      localDirectories({ directory: '/else/where', environment: { XDG_CONFIG_HOME: '/config' } }),
    ).toEqual({
      credentials: '/else/where',
      keys: '/else/keys',
    })
  })

  it('is read by another process of the same user', async () => {
    const environment = { XDG_CONFIG_HOME: fresh(), APPDATA: fresh() }
    await localStore({ environment }).set(key, secret, undefined)
    expect((await localStore({ environment }).get(key))?.value).toBe(secret)
  })

  it('keeps its keys to itself when two processes begin at once', async () => {
    const directory = join(fresh(), 'credentials')
    const stores = Array.from({ length: 6 }, () => localStore({ directory }))
    await Promise.all(stores.map((store, index) => store.set(`account/${index}`, secret, undefined)))
    for (const [index, store] of stores.entries()) {
      expect((await store.get(`account/${index}`))?.value).toBe(secret)
    }
  })

  it('S09 has the value in no file, in no form', async () => {
    const directory = join(fresh(), 'credentials')
    const store = localStore({ directory })
    const version = await store.set(key, secret, undefined)
    await store.set(key, `${secret}-2`, version)
    expect(await formsBelow(join(directory, '..'))).toEqual([])
    // The search finds what is not encrypted.
    const plain = fresh()
    await fileStore({ directory: plain }).set(key, secret, undefined)
    expect(await formsBelow(plain)).not.toEqual([])
  })

  it('takes other keys, and then makes none', async () => {
    const directory = join(fresh(), 'credentials')
    const store = localStore({ directory, keys: [{ id: 'a', key: new Uint8Array(32).fill(3) }] })
    await store.set(key, secret, undefined)
    expect(await readdir(join(directory, '..'))).toEqual(['credentials'])
  })

  it('T37 says that the key is missing when the keys were lost, and keeps the credentials', async () => {
    const directory = join(fresh(), 'credentials')
    const store = localStore({ directory })
    await store.set(key, secret, undefined)
    const before = await Promise.all((await filesBelow(directory)).map((file) => readFile(file, 'utf8')))
    await rm(join(directory, '../keys'), { recursive: true })
    expect(await failure(store.get(key))).toMatchObject({ name: 'StoreError', code: 'RECORD_UNDECIPHERABLE' })
    const after = await Promise.all((await filesBelow(directory)).map((file) => readFile(file, 'utf8')))
    expect(after).toEqual(before)
  })
})

describe('local keys', () => {
  it('are made once, for this user alone', async () => {
    const directory = fresh()
    const made = await Promise.all(Array.from({ length: 8 }, () => localKeys({ directory }).read()))
    for (const keys of made) expect(keys).toEqual(made[0])
    expect(made[0]).toHaveLength(1)
    for (const file of await filesBelow(directory)) expect((await stat(file)).mode & 0o077).toBe(0)
  })

  it('are changed without downtime: rotate, reencrypt, remove', async () => {
    const directory = fresh()
    const keys = localKeys({ directory })
    const store = encryptedStore(fileStore({ directory: fresh() }), { keys: () => keys.read() })
    await store.set(key, secret, undefined)
    const [first] = await keys.read()
    const id = await keys.rotate()
    expect((await localKeys({ directory }).read()).map((each) => each.id)).toEqual([id, first!.id])
    expect((await store.get(key))?.value).toBe(secret)
    expect(await reencrypt(store)).toEqual({ total: 1, reencrypted: 1, current: 0 })
    await keys.remove(first!.id)
    expect((await keys.read()).map((each) => each.id)).toEqual([id])
    expect((await store.get(key))?.value).toBe(secret)
    for (const file of await filesBelow(directory)) {
      expect(await readFile(file, 'utf8')).not.toContain(first!.key as string)
    }
  })

  it('lose none when several processes rotate at once', async () => {
    const directory = fresh()
    const ids = await Promise.all(Array.from({ length: 8 }, () => localKeys({ directory }).rotate()))
    const kept = (await localKeys({ directory }).read()).map(({ id }) => id)
    expect(kept.toSorted()).toEqual(ids.toSorted())
  })

  it('keep the current one', async () => {
    const keys = localKeys({ directory: fresh() })
    const [current] = await keys.read()
    expect(await failure(keys.remove(current!.id))).toMatchObject({ code: 'CONFIG_INVALID' })
    await keys.remove('no-such-key')
    expect(await keys.read()).toHaveLength(1)
  })

  it('T37 are an error where they are damaged, and no new ones', async () => {
    const directory = fresh()
    const keys = localKeys({ directory })
    const [current] = await keys.read()
    const file = (await filesBelow(directory)).find((each) => each.includes('value.'))!
    const text = await readFile(file, 'utf8')
    for (const damaged of [text.slice(0, 50), text.replace('{\\"keys\\"', '{\\"other\\"')]) {
      await writeFile(file, damaged)
      for (const call of [() => keys.read(), () => keys.rotate()]) {
        const error = await failure(call)
        expect(error).toMatchObject({ name: 'StoreError', code: 'RECORD_UNREADABLE' })
        expect(inspect(error)).not.toContain(current!.key as string)
      }
      expect(await readFile(file, 'utf8')).toBe(damaged)
    }
  })
})
