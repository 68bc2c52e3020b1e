import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { ConfigError } from '@agent/core'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { secret, storeFailure } from '../../../tooling/test-store-failure.ts'
import { sqliteStore } from '../src/index.ts'
import { useFolder } from './file.ts'

const { newPath } = useFolder()
const isPosix = process.platform !== 'win32'

function opened({ path = newPath(), timeoutMs = 5000 } = {}) {
  const store = sqliteStore({ path, timeoutMs })
  onTestFinished(() => store.close())
  return { store, path }
}
function databaseOfAnother(path: string, sql: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, '', { mode: 0o600 })
  const database = new DatabaseSync(path)
  database.exec(sql)
  return database
}
const modeOf = (path: string) => statSync(path).mode & 0o777

describe('the file', () => {
  it.skipIf(!isPosix)('T37 S09 and its folders are for the owner alone, while it is open too', async () => {
    const { store, path } = opened()
    await store.set('key', secret, undefined)
    expect([path, `${path}-wal`, `${path}-shm`].map(modeOf)).toEqual([0o600, 0o600, 0o600])
    expect(modeOf(dirname(path))).toBe(0o700)
  })

  it.skipIf(!isPosix).each(['', '-wal', '-shm'])(
    'T37 is refused while others may read it (credentials.db%s)',
    async (suffix) => {
      const { store, path } = opened()
      const version = await store.set('key', secret, undefined)
      // Who closes the file last deletes the companions.
      await opened({ path }).store.get('key')
      chmodSync(path + suffix, 0o640)
      const error = await storeFailure(store.get('key'))
      expect(error.code).toBe('STORE_INSECURE')
      expect(error.hint).toContain(`chmod 600 '${path}${suffix}'`)
      expect((await storeFailure(opened({ path }).store.get('key'))).code).toBe('STORE_INSECURE')
      chmodSync(path + suffix, 0o600)
      expect(await store.get('key')).toEqual({ value: secret, version })
    },
  )

  it('T37 that is no database is left as it is', async () => {
    const { store, path } = opened()
    mkdirSync(dirname(path))
    writeFileSync(path, `no database: ${secret}`.repeat(100), { mode: 0o600 })
    const before = readFileSync(path)
    expect((await storeFailure(store.set('key', secret, undefined))).code).toBe('RECORD_UNREADABLE')
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it.each([
    ['another program', 'create table users (id integer)', 'STORE_UNAVAILABLE'],
    [
      'an unknown schema version',
      'pragma application_id = 1634165619; pragma user_version = 2',
      'RECORD_UNREADABLE',
    ],
  ])('T37 of %s is left as it is', async (_, sql, code) => {
    const { store, path } = opened()
    databaseOfAnother(path, sql).close()
    const before = readFileSync(path)
    const error = await storeFailure(store.set('key', secret, undefined))
    expect(error).toMatchObject({ code, isRetryable: false })
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('that was deleted is made anew, rather than written to no end', async () => {
    const { store, path } = opened()
    await store.set('key', secret, undefined)
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix)
    await store.set('other', secret, undefined)
    expect(await opened({ path }).store.get('other')).toMatchObject({ value: secret })
    expect(await store.get('key')).toBeUndefined()
  })

  it.each([
    ['a folder', (path: string) => dirname(path), /folder/],
    ['in a file', (path: string) => `${path}/credentials.db`, /Part of the path is a file/],
  ])('cannot be %s', async (_, pathOf, hint) => {
    const { store: first, path } = opened()
    await first.set('key', secret, undefined)
    const { store } = opened({ path: pathOf(path) })
    const error = await storeFailure(store.get('key'))
    expect(error.code).toBe('STORE_UNAVAILABLE')
    expect(error.hint).toMatch(hint)
  })

  it.each(['', ' ', ':memory:', 'file:credentials.db?mode=memory'])('cannot have the path %j', (path) => {
    expect(() => sqliteStore({ path })).toThrow(ConfigError)
  })
})

describe('faults', () => {
  it('another process that keeps the database locked is waited for, within bounds', async () => {
    const { store, path } = opened({ timeoutMs: 120 })
    await store.set('key', secret, undefined)
    const other = new DatabaseSync(path)
    other.exec('begin immediate')
    const error = await storeFailure(store.set('other', secret, undefined))
    expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE', isRetryable: true })
    expect(error.message).toContain('SQLITE_BUSY')
    const patient = opened({ path }).store.set('other', secret, undefined)
    other.exec('commit')
    other.close()
    expect(await patient).toBeTypeOf('string')
  })

  it.skipIf(!isPosix)('T10 a disk without space is told, and what was written before stays', async () => {
    const { store, path } = opened()
    const version = await store.set('key', 'before', undefined)
    const code = `
      import { sqliteStore } from '@agent/store-sqlite'
      const store = sqliteStore({ path: ${JSON.stringify(path)} })
      const value = '${secret}'.repeat(10_000)
      try {
        for (let index = 0; index < 100; index++) await store.set('key' + index, value, undefined)
      } catch (error) {
        console.log(JSON.stringify(error))
      }
      process.kill(process.pid, 'SIGKILL')`
    // The largest file that the process may write, in blocks; Node ignores the signal, so that writing fails.
    const shell = 'ulimit -f 2000 && exec "$0" "$@"'
    const flags = [
      '--conditions=@agent/source',
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
    ]
    const { stdout } = await promisify(execFile)(
      'sh',
      ['-c', shell, process.execPath, ...flags, '--eval', code],
      {
        cwd: new URL('..', import.meta.url),
      },
    ).catch((error: unknown) => error as { stdout: string })
    expect(JSON.parse(stdout)).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/SQLITE_(IOERR|FULL)/) as string,
      hint: expect.stringContaining('space') as string,
    })
    expect(stdout).not.toContain(secret)
    expect(await store.get('key')).toEqual({ value: 'before', version })
    expect(await store.set('key', 'after', version)).toBeTypeOf('string')
  })

  it('T17 a clock that is set back neither ends a lock early nor makes it last for hours', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const { store } = opened()
    const begin = Date.now()
    expect(await store.lock('key', 'a', 1000)).toBe(true)
    const afterwards = begin - 3_600_000
    vi.setSystemTime(afterwards)
    expect(await store.lock('key', 'b', 10)).toBe(false)
    vi.setSystemTime(afterwards + 999)
    expect(await store.lock('key', 'b', 10)).toBe(false)
    vi.setSystemTime(afterwards + 1000)
    expect(await store.lock('key', 'b', 10)).toBe(true)
  })

  it('a contender does not shorten the lock of another', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const { store } = opened()
    const begin = Date.now()
    expect(await store.lock('key', 'a', 60_000)).toBe(true)
    expect(await store.lock('key', 'b', 10)).toBe(false)
    vi.setSystemTime(begin + 59_999)
    expect(await store.lock('key', 'b', 10)).toBe(false)
  })
})

describe('close', () => {
  it('ends the store, and no other on the same file', async () => {
    const { store, path } = opened()
    const other = opened({ path }).store
    await store.set('key', secret, undefined)
    await store.close()
    await store.close()
    expect((await storeFailure(store.get('key'))).code).toBe('STORE_UNAVAILABLE')
    expect(await other.get('key')).toMatchObject({ value: secret })
  })

  it('happens at the end of a block', async () => {
    const path = newPath()
    let kept
    {
      await using store = sqliteStore({ path })
      await store.set('key', secret, undefined)
      kept = store
    }
    await storeFailure(kept.get('key'))
    expect(statSync(`${path}-wal`, { throwIfNoEntry: false })).toBeUndefined()
  })
})
