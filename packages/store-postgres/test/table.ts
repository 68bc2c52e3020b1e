import { randomUUID } from 'node:crypto'
import { Pool } from 'pg'
import { afterAll } from 'vitest'
import { findService } from '../../../tooling/test-services.ts'
import { postgresStore, type PostgresStoreOptions } from '../src/index.ts'

/** A table of the test file's own in the database of the tests, dropped when the file is through. */
export async function useTable() {
  const { url, unavailable } = await findService(
    'DATABASE_URL',
    'postgres://postgres@127.0.0.1:5432/postgres',
  )
  const table = `test_${randomUUID().replaceAll('-', '')}`
  const pool = new Pool({ connectionString: url, max: 2 })
  afterAll(async () => {
    if (unavailable === undefined) await pool.query(`drop table if exists "${table}"`)
    await pool.end()
  })
  return {
    url,
    unavailable,
    table,
    /** The tests' own connection, beside those of the stores. */
    pool,
    open: (options: Partial<Omit<PostgresStoreOptions, 'pool'>> = {}) =>
      postgresStore({ connectionString: url, table, ...options }),
  }
}
