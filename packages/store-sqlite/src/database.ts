import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { StoreError } from '@agent/core'
import { createSecureFile, fileIdentity, refuseOpenFile } from './secure-file.ts'

/** Marks a database as one of ours, in its header. */
const applicationId = 0x61_67_63_73
const schemaVersion = 1

const schema = `
  create table "values" (key text primary key, value text not null, version text not null) strict;
  create table locks (
    key text primary key, owner text not null, until_ms real not null, ttl_ms real not null
  ) strict;
  pragma application_id = ${applicationId};
  pragma user_version = ${schemaVersion};`

/** An open database and its statements. */
export interface Database {
  identity: string | undefined
  statement(sql: string): StatementSync
  close(): void
}

/** Opens the database, which SQLite and its file system may refuse. */
export function openDatabase(path: string, busyMs: number): Database {
  createSecureFile(path)
  refuseOpenFile(path)
  const identity = fileIdentity(path)
  const connection = new DatabaseSync(path)
  try {
    connection.exec(`pragma busy_timeout = ${busyMs}`)
    // Before anything is written: a database of another program stays as it is.
    const isNew = !hasSchema(connection)
    connection.exec(`
      pragma journal_mode = wal;
      pragma synchronous = full;
      pragma secure_delete = on;`)
    if (isNew) createSchema(connection)
    refuseOpenFile(path)
  } catch (error) {
    connection.close()
    throw error
  }
  const statements = new Map<string, StatementSync>()
  return {
    identity,
    statement(sql) {
      const statement = statements.get(sql) ?? connection.prepare(sql)
      statements.set(sql, statement)
      return statement
    },
    close: () => {
      connection.close()
    },
  }
}

/** Creates the tables, unless another process came first. */
function createSchema(connection: DatabaseSync): void {
  connection.exec('begin immediate')
  try {
    if (!hasSchema(connection)) connection.exec(schema)
    connection.exec('commit')
  } catch (error) {
    rollBack(connection)
    throw error
  }
}

function rollBack(connection: DatabaseSync): void {
  try {
    connection.exec('rollback')
  } catch {
    // SQLite itself has ended the transaction, as it does when the disk is full.
  }
}

/** True where the tables are ours, false where the database is empty. */
function hasSchema(connection: DatabaseSync): boolean {
  const read = (sql: string) => Object.values(connection.prepare(sql).get() ?? {})[0]
  const id = read('pragma application_id')
  const version = read('pragma user_version')
  if (id === applicationId && version === schemaVersion) return true
  if (id === applicationId) throw unknownSchema(Number(version))
  if (id === 0 && version === 0 && read('select count(*) from sqlite_schema') === 0) return false
  throw new StoreError('The SQLite database belongs to another program.', {
    code: 'STORE_UNAVAILABLE',
    outcome: 'not_sent',
    hint: 'Give sqliteStore a path of its own. The database was left as it is.',
  })
}

function unknownSchema(version: number): StoreError {
  return new StoreError(
    `The SQLite credential store has schema version ${version}, which is not known here.`,
    {
      code: 'RECORD_UNREADABLE',
      outcome: 'not_sent',
      hint: 'Upgrade @agent/store-sqlite to the version that wrote it. The database was left as it is.',
    },
  )
}
