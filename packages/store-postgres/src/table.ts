import { StoreError, storeUnavailable } from '@agent/core'
import type { Query } from './connection.ts'

const mark = 'agent credential store, schema '
const schemaVersion = '1'

const columns = { expires_at: 'timestamptz', key: 'text', kind: 'text', value: 'text', version: 'text' }

/** One after the other, whatever the table: `create table if not exists` fails where two run at once. */
const creationLock = 0x61_67_63_73

/** The statements that create the table, as the README has them. */
function createTableStatements(table: string): string[] {
  return [
    `create table if not exists ${table} (
      kind text not null check (kind in ('value', 'lock')),
      key text collate "C" not null,
      value text not null,
      version text,
      expires_at timestamptz,
      primary key (kind, key)
    )`,
    `comment on table ${table} is '${mark}${schemaVersion}'`,
  ]
}

/** Makes sure that the table is there and ours. */
export async function prepareTable(query: Query, table: string, isCreated: boolean): Promise<void> {
  if (await hasTable(query, table)) return
  if (!isCreated) {
    throw storeUnavailable(
      'PostgreSQL',
      { code: '42P01' },
      `Create the table ${table}; the README has the SQL.`,
    )
  }
  await query('begin')
  try {
    await query('select pg_advisory_xact_lock($1)', [creationLock])
    if (!(await hasTable(query, table))) {
      for (const statement of createTableStatements(table)) await query(statement)
    }
    await query('commit')
  } catch (error) {
    await query('rollback')
    throw error
  }
}

/** False where there is no table; throws where it is not ours or of another version. */
async function hasTable(query: Query, table: string): Promise<boolean> {
  const { rows } = await query(
    `select obj_description(attrelid, 'pg_class') as mark, attname::text as name, typname::text as type
      from pg_attribute join pg_type on pg_type.oid = atttypid
      where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
    [table],
  )
  const [first] = rows
  if (!first) return false
  const found = typeof first['mark'] === 'string' ? first['mark'] : ''
  const version = found.startsWith(mark) ? found.slice(mark.length) : schemaVersion
  if (version !== schemaVersion) throw unknownVersion(table)
  const types = Object.fromEntries(rows.map(({ name, type }) => [String(name), type]))
  if (Object.entries(columns).some(([name, type]) => types[name] !== type)) throw notOurs(table)
  return true
}

function unknownVersion(table: string): StoreError {
  return new StoreError(`The PostgreSQL table ${table} has a schema version that is not known here.`, {
    code: 'RECORD_UNREADABLE',
    outcome: 'not_sent',
    hint: 'Upgrade @agent/store-postgres to the version that wrote it. The table was left as it is.',
  })
}

function notOurs(table: string): StoreError {
  return new StoreError(`The PostgreSQL table ${table} is not a credential store.`, {
    code: 'STORE_UNAVAILABLE',
    outcome: 'not_sent',
    hint: 'Give postgresStore the name of another table with the option table. This one was left as it is.',
  })
}
