import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { sqliteStore, type SqliteStoreOptions } from '../src/index.ts'

/** A folder of the test file's own, deleted when the file is through. */
export function useFolder() {
  const directory = mkdtempSync(join(tmpdir(), 'store-sqlite-'))
  afterAll(() => {
    rmSync(directory, { recursive: true })
  })
  const path = join(directory, 'credentials.db')
  return {
    directory,
    path,
    open: (options: Partial<SqliteStoreOptions> = {}) => sqliteStore({ path, ...options }),
    /** The path of a file that no other test knows. */
    newPath: () => join(directory, crypto.randomUUID(), 'credentials.db'),
  }
}
