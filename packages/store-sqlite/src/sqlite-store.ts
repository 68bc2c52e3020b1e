import { resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { ConfigError, type CredentialStore, StoreError } from '@agent/core'
import { type Database, openDatabase } from './database.ts'
import { fileIdentity, refuseOpenFile } from './secure-file.ts'
import { isBusy, sqliteFailure } from './sqlite-failure.ts'

export interface SqliteStoreOptions {
  /** The file, created with its folders where there is none. Its owner alone may have access. */
  path: string
  /** How long other processes on the same file are waited for; 5,000 unless set. */
  timeoutMs?: number | undefined
}

export interface SqliteStore extends CredentialStore, AsyncDisposable {
  /** Closes the file. The store cannot be used any more. */
  close(): Promise<void>
}

/** SQLite's own waiting blocks this thread, so it is kept short and the rest is waited outside of it. */
const blockingMs = 50
const pauseMs = 10
const pageSize = 500

const sql = {
  get: 'select value, version from "values" where key = $key',
  insert: 'insert into "values" values ($key, $value, $version) on conflict do nothing',
  update: 'update "values" set value = $value, version = $version where key = $key and version = $expected',
  delete: 'delete from "values" where key = $key',
  keys: `select key from "values" where key > $after order by key limit ${pageSize}`,
  lock: `insert into locks values ($key, $owner, $now + $ttl, $ttl)
    on conflict do update set owner = excluded.owner, until_ms = excluded.until_ms, ttl_ms = excluded.ttl_ms
    where owner = excluded.owner or until_ms <= $now`,
  // A lock with more time left than it was taken for was taken before the clock was set back. It begins anew, so
  // that it neither ends early nor lasts as long as the clock was wrong.
  restart: 'update locks set until_ms = $now + ttl_ms where key = $key and until_ms > $now + ttl_ms',
  unlock: 'delete from locks where key = $key and owner = $owner',
}

/**
 * Keeps credentials in one SQLite file, which any number of processes of one machine may use at once. The file is
 * opened at the first call. Throws ConfigError where `path` is none.
 *
 * @example const store = sqliteStore({ path: '/var/lib/app/credentials.db' })
 */
export function sqliteStore({ path, timeoutMs = 5000 }: SqliteStoreOptions): SqliteStore {
  const file = checkedPath(path)
  let database: Database | undefined
  let isClosed = false

  function current(): Database {
    if (isClosed) throw closed()
    // What is written to a file that was deleted or replaced would be lost.
    if (database && database.identity !== fileIdentity(file)) drop()
    database ??= openDatabase(file, Math.min(blockingMs, timeoutMs))
    refuseOpenFile(file)
    return database
  }
  function drop(): void {
    database?.close()
    database = undefined
  }
  async function using<T>(task: (database: Database) => T): Promise<T> {
    const deadline = performance.now() + timeoutMs
    for (;;) {
      try {
        return task(current())
      } catch (error) {
        if (!isBusy(error)) drop()
        if (!isBusy(error) || performance.now() >= deadline) throw sqliteFailure(error, file)
      }
      await setTimeout(pauseMs)
    }
  }
  const change = (text: string, values: Record<string, string>) =>
    using((opened) => opened.statement(text).run(values).changes !== 0)

  function close(): Promise<void> {
    isClosed = true
    drop()
    return Promise.resolve()
  }

  return {
    get: (key) =>
      using((opened) => {
        const row = opened.statement(sql.get).get({ key })
        return row && { value: String(row['value']), version: String(row['version']) }
      }),
    async set(key, value, expected) {
      const version = crypto.randomUUID()
      const isSet =
        expected === undefined
          ? await change(sql.insert, { key, value, version })
          : await change(sql.update, { key, value, version, expected })
      return isSet ? version : undefined
    },
    delete: (key) => change(sql.delete, { key }),
    async *keys() {
      for (let after = ''; ;) {
        const keys = await using((opened) => opened.statement(sql.keys).all({ after }))
        for (const { key } of keys) yield String(key)
        if (keys.length < pageSize) return
        after = String(keys.at(-1)?.['key'])
      }
    },
    lock: (key, owner, ttl) =>
      using((opened) => {
        const now = Date.now()
        if (opened.statement(sql.lock).run({ key, owner, now, ttl }).changes !== 0) return true
        opened.statement(sql.restart).run({ key, now })
        return false
      }),
    async unlock(key, owner) {
      await change(sql.unlock, { key, owner })
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function checkedPath(path: string): string {
  // SQLite would take the latter two for a database in memory or a temporary one.
  if (typeof path === 'string' && !/^(:memory:|\s*)$/.test(path) && !path.startsWith('file:')) {
    return resolve(path)
  }
  throw new ConfigError('Invalid options of sqliteStore: path: expected the path of a file.', {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    issues: [{ path: 'path', expected: 'the path of a file' }],
    hint: 'Give the path of a file that need not exist; for a store in memory, use memoryStore of @agent/core.',
  })
}

function closed(): StoreError {
  return new StoreError('The SQLite credential store is closed.', {
    code: 'STORE_UNAVAILABLE',
    outcome: 'not_sent',
    hint: 'Open another with sqliteStore, and close it only when no connector uses it any more.',
  })
}
