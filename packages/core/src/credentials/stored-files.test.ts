import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectWith } from '../../test/connect-with.ts'
import { getItem } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import { json, type Received, serve } from '../../test/serve.ts'
import { account, bearerOf, item, storedService, storedWorld } from '../../test/stored-world.ts'
import {
  type ConnectorError,
  type CredentialStore,
  encryptedStore,
  memoryStore,
  oauth2,
  type OAuth2Tokens,
  readSavedCredential,
} from '../index.ts'
import { fileStore, localStore } from '../node/index.ts'
import { failing, patchFileSystem } from '../node/interrupt.fixture.ts'

// What an app meets when the files of its credentials fail.

let root: string
let restore: () => void
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'stored-files-'))
  restore = patchFileSystem()
})
afterAll(async () => {
  restore()
  await rm(root, { recursive: true })
})

const fresh = () => join(root, crypto.randomUUID(), 'credentials')
const oneKey = { id: 'one', key: new Uint8Array(32).fill(1) }

function showsNothing(error: ConnectorError): void {
  const shown = [
    inspect(error, { depth: 20, showHidden: true }),
    JSON.stringify(error),
    inspect(structuredClone(error), { showHidden: true }),
  ].join('\n')
  expect(shown).not.toMatch(/test-(access|refresh|client|token)/)
}

/** The file of the one value in a file store. */
async function valueFile(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const entry = entries.find(({ name }) => name.startsWith('value.'))
  return join(entry?.parentPath ?? '', entry?.name ?? '')
}

describe.each(['ENOSPC', 'EACCES'])('T10 a disk that fails with %s', (code) => {
  /** A file store whose writes of some values fail. */
  function failingOn(part: string) {
    const files = fileStore({ directory: fresh() })
    const disk = { fails: true }
    const name = code === 'ENOSPC' ? 'file.writeFile' : 'open'
    const store: CredentialStore = {
      ...files,
      set: (...given) =>
        disk.fails && given[1].includes(part)
          ? failing(name, code, () => files.set(...given))
          : files.set(...given),
    }
    return { store, files, disk }
  }

  it('at the new pair: StoreError to the caller, the pair stays in memory and is stored later', async () => {
    const { store, files, disk } = failingOn('test-access-2')
    const { open, url, tokenRequests, apiTokens } = await storedWorld({ store })
    const { get } = open()
    for (let call = 0; call < 2; call++) {
      const error = await failure(get())
      expect(error).toMatchObject({ name: 'StoreError', code: 'TOKEN_PERSIST_FAILED', outcome: 'not_sent' })
      expect(error.hint).toContain(code === 'ENOSPC' ? 'Free space' : 'read and write')
      expect(error.cause).toMatchObject({ code: 'STORE_UNAVAILABLE' })
      showsNothing(error)
    }
    expect(apiTokens()).toEqual([])
    const saved = () => readSavedCredential(files, storedService, { account, baseUrl: url })
    expect((await saved()).auth).toMatchObject({ refreshToken: 'test-refresh-1' })
    disk.fails = false
    expect(await get()).toEqual(item)
    expect((await saved()).auth).toMatchObject({ refreshToken: 'test-refresh-2' })
    expect(tokenRequests()).toHaveLength(1)
  })

  it('before the request: StoreError, and the refresh token is not used up', async () => {
    const { store, disk } = failingOn('"refreshing"')
    const { open, tokenRequests } = await storedWorld({ store })
    const { get } = open()
    const error = await failure(get())
    expect(error).toMatchObject({ name: 'StoreError', code: 'STORE_UNAVAILABLE', isRetryable: true })
    showsNothing(error)
    expect(tokenRequests()).toEqual([])
    disk.fails = false
    expect(await get()).toEqual(item)
    expect(tokenRequests()).toHaveLength(1)
  })
})

describe('T37 a damaged store', () => {
  type Damage = (directory: string) => Promise<unknown>
  const edited =
    (change: (value: string) => string): Damage =>
    async (directory) => {
      const file = await valueFile(directory)
      const document = JSON.parse(await readFile(file, 'utf8')) as { value: string }
      await writeFile(file, JSON.stringify({ ...document, value: change(document.value) }))
    }
  const plain = (directory: string) => fileStore({ directory })
  const encrypted = (directory: string) => encryptedStore(fileStore({ directory }), { keys: [oneKey] })
  const local = (directory: string) => localStore({ directory })
  const truncated: Damage = async (directory) => {
    const file = await valueFile(directory)
    await writeFile(file, (await readFile(file)).subarray(0, 60))
  }

  it.each<[string, string, (directory: string) => CredentialStore, Damage]>([
    ['truncated', 'RECORD_UNREADABLE', plain, truncated],
    ['truncated, encrypted', 'RECORD_UNREADABLE', encrypted, truncated],
    ['truncated within', 'RECORD_UNREADABLE', plain, edited((value) => value.slice(0, 50))],
    ['emptied', 'RECORD_UNREADABLE', plain, async (directory) => writeFile(await valueFile(directory), '')],
    [
      'of an older version',
      'RECORD_UNREADABLE',
      plain,
      edited((value) => value.replace('"version":1', '"version":0')),
    ],
    [
      'of a later version',
      'RECORD_UNREADABLE',
      plain,
      edited((value) => value.replace('"version":1', '"version":2')),
    ],
    [
      'of a later version, with more in it',
      'RECORD_UNREADABLE',
      plain,
      edited((value) => value.replace('"version":1', '"version":2,"more":true')),
    ],
    ['encrypted, but opened without a key', 'RECORD_UNREADABLE', plain, edited(() => '{"v":1,"kid":"one"}')],
    [
      'without its keys',
      'RECORD_UNDECIPHERABLE',
      local,
      (directory) => rm(join(directory, '../keys'), { recursive: true }),
    ],
    [
      'readable by the group',
      'STORE_INSECURE',
      plain,
      async (directory) => chmod(await valueFile(directory), 0o640),
    ],
    ['in a directory that others list', 'STORE_INSECURE', plain, (directory) => chmod(directory, 0o755)],
    [
      'readable by the group, encrypted',
      'STORE_INSECURE',
      encrypted,
      async (directory) => chmod(await valueFile(directory), 0o640),
    ],
  ])('that is %s is an error, not a missing credential', async (_, code, storeIn, damage) => {
    const directory = fresh()
    const store = storeIn(directory)
    const { open, apiTokens, tokenRequests } = await storedWorld({ store, leftMs: 3_600_000 })
    const { get } = open({ maxAgeMs: 0 })
    await get()
    await damage(directory)
    // For those who start, and for those who run.
    for (const call of [get, get, open().get]) {
      const error = await failure(call())
      expect(error).toMatchObject({ name: 'StoreError', code, outcome: 'not_sent', isRetryable: false })
      expect(error.hint).toBeTypeOf('string')
      showsNothing(error)
    }
    expect(apiTokens()).toEqual(['test-access-1'])
    expect(tokenRequests()).toEqual([])
  })

  it('that is opened with a wrong key is an error, and is read again with the right one', async () => {
    const directory = fresh()
    const store = encrypted(directory)
    const { open } = await storedWorld({ store, leftMs: 3_600_000 })
    const wrong = encryptedStore(fileStore({ directory }), {
      keys: [{ id: 'one', key: new Uint8Array(32).fill(2) }],
    })
    const error = await failure(open({ store: wrong }).get())
    expect(error).toMatchObject({ name: 'StoreError', code: 'RECORD_UNDECIPHERABLE', outcome: 'not_sent' })
    showsNothing(error)
    expect(await open().get()).toEqual(item)
  })
})

describe('T33 tokens of 5 KiB with dots', () => {
  const long = (part: string) => `test.${part.repeat(4096)}.${part.repeat(1024)}`

  it.each<[string, () => CredentialStore]>([
    ['memory', memoryStore],
    ['file', () => fileStore({ directory: fresh() })],
    ['encrypted', () => encryptedStore(fileStore({ directory: fresh() }), { keys: [oneKey] })],
    ['local', () => localStore({ directory: fresh() })],
  ])('are saved, renewed and used as they are, and redacted by value: %s', async (_, storeOf) => {
    const store = storeOf()
    const { hooks, save, oauth, open, url, tokenRequests, apiTokens } = await storedWorld({ store })
    await save(oauth({ accessToken: long('a'), refreshToken: long('b') }))
    hooks.token = () =>
      Response.json({ access_token: long('c'), refresh_token: long('d'), token_type: 'bearer' })
    // The API refuses it, so that it is renewed once more.
    const error = await failure(open().get())
    expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/aaaa|bbbb|cccc|dddd/)
    expect(tokenRequests().map(({ body }) => new URLSearchParams(body).get('refresh_token'))).toEqual([
      long('b'),
      long('d'),
    ])
    expect(apiTokens()).toEqual([long('c'), long('c')])
    const { auth } = await readSavedCredential(store, storedService, { account, baseUrl: url })
    expect(auth).toMatchObject({ accessToken: long('c'), refreshToken: long('d') })
  })

  it('are taken out of whatever the service says', async () => {
    const echo = ({ headers, body }: Received) =>
      `${headers.get('authorization')} ${body} ${long('b')} ${Buffer.from(long('c')).toString('base64')}`
    const handed: OAuth2Tokens[] = []
    const server = await serve((request, wire) =>
      request.url === '/token'
        ? json({ access_token: long('c'), refresh_token: long('d'), token_type: 'bearer' })(request, wire)
        : Response.json({ message: echo(request) }, { status: 422 }),
    )
    const authenticator = oauth2({
      tokenUrl: `${server.url}/token`,
      clientId: 'client',
      refreshToken: long('b'),
      onTokens: (tokens) => void handed.push(tokens),
    })
    const error = await failure(connectWith(server, { authenticator }).run(getItem, { item_id: 1 }))
    expect(error.message).toContain('[secret]')
    expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/bbbb|cccc|dddd|Y2Nj/)
    expect(handed.map(({ accessToken, refreshToken }) => [accessToken, refreshToken])).toEqual([
      [long('c'), long('d')],
    ])
    expect(server.requests.slice(1).map(bearerOf)).toEqual([long('c')])
  })
})
