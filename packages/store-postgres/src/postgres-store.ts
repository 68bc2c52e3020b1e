import { ConfigError, type CredentialStore, StoreError } from '@agent/core'
import { type Query, withConnection } from './connection.ts'
import { borrowPool, openPool, type PoolHandle, type PostgresPool } from './pool.ts'
import { isConflict, isTableGone, postgresFailure } from './postgres-failure.ts'
import { statementsFor } from './statements.ts'
import { prepareTable } from './table.ts'
import { quotedTableName } from './table-name.ts'

interface CommonOptions {
  /** Name of the table, with or without its schema; `agent_credentials` unless set. */
  table?: string | undefined
  /** Whether the store creates the table where there is none; true unless set. */
  createTable?: boolean | undefined
  /** How long a call may take, connecting included; 5,000 unless set. */
  timeoutMs?: number | undefined
}

/** A pool that the app has, and closes itself; or a connection string, from which the store makes its own. */
export type PostgresStoreOptions = CommonOptions &
  ({ pool: PostgresPool; connectionString?: never } | { connectionString: string; pool?: never })

export interface PostgresStore extends CredentialStore, AsyncDisposable {
  /** Closes the connections that the store opened. It cannot be used any more. */
  close(): Promise<void>
}

const maxAttempts = 10

/**
 * Keeps credentials in a table of PostgreSQL, which any number of processes may use at once. Connects at the first
 * call. Throws ConfigError where the options are wrong.
 *
 * @example const store = postgresStore({ pool })
 */
export function postgresStore(options: PostgresStoreOptions): PostgresStore {
  const { table = 'agent_credentials', createTable = true, timeoutMs = 5000 } = options
  const quoted = quotedTableName(table)
  const sql = statementsFor(quoted)
  requireOne(options)
  let handle: Promise<PoolHandle> | undefined
  let isPrepared = false
  let isClosed = false

  const open = () =>
    (handle ??=
      options.pool === undefined
        ? openPool(options.connectionString, timeoutMs)
        : Promise.resolve(borrowPool(options.pool)))

  async function run(text: string, values: unknown[]): Promise<Awaited<ReturnType<Query>>> {
    if (isClosed) throw closed()
    try {
      const { pool } = await open()
      return await withConnection(pool, timeoutMs, async (query) => {
        if (!isPrepared) await prepareTable(query, quoted, createTable)
        isPrepared = true
        return await withoutConflict(() => query(text, values))
      })
    } catch (error) {
      if (isTableGone(error)) isPrepared = false
      throw postgresFailure(error)
    }
  }
  const change = async (text: string, values: unknown[]) => ((await run(text, values)).rowCount ?? 0) > 0

  async function close(): Promise<void> {
    if (isClosed) return
    isClosed = true
    await (await handle)?.end()
  }

  return {
    async get(key) {
      const [row] = (await run(sql.get, [key])).rows
      return row && { value: String(row['value']), version: String(row['version']) }
    },
    async set(key, value, expected) {
      const version = crypto.randomUUID()
      const isSet =
        expected === undefined
          ? await change(sql.insert, [key, value, version])
          : await change(sql.update, [key, value, version, expected])
      return isSet ? version : undefined
    },
    delete: (key) => change(sql.delete, [key]),
    async *keys() {
      for (let after = ''; ;) {
        const { rows } = await run(sql.keys, [after])
        for (const { key } of rows) yield String(key)
        if (rows.length === 0) return
        after = String(rows.at(-1)?.['key'])
      }
    },
    lock: (key, owner, ttlMs) => change(sql.lock, [key, owner, ttlMs]),
    async unlock(key, owner) {
      await change(sql.unlock, [key, owner])
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Where the app made `serializable` the default, a statement that met another must be run again. */
async function withoutConflict<T>(statement: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await statement()
    } catch (error) {
      if (!isConflict(error) || attempt >= maxAttempts) throw error
    }
  }
}

function requireOne({ pool, connectionString }: Partial<PostgresStoreOptions>): void {
  if ((pool === undefined) !== (connectionString === undefined)) return
  const expected = 'a pool or a connection string, one of both'
  throw new ConfigError(`Invalid options of postgresStore: expected ${expected}.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    issues: [{ path: 'pool', expected }],
    hint: 'Give pool where the app has a Pool of pg, or else connectionString.',
  })
}

function closed(): StoreError {
  return new StoreError('The PostgreSQL credential store is closed.', {
    code: 'STORE_UNAVAILABLE',
    outcome: 'not_sent',
    hint: 'Open another with postgresStore, and close it only when no connector uses it any more.',
  })
}
