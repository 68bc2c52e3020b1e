import { closeSync, mkdirSync, openSync, statSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'
import { StoreError } from '@agent/core'

/** What SQLite keeps beside the database while it is open. */
const companions = ['-wal', '-shm']
const groupAndOthers = 0o077

/** Creates the file for its owner alone where there is none. SQLite gives its companions the same mode. */
export function createSecureFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** What tells the file from one put in its place; undefined where there is none. */
export function fileIdentity(path: string): string | undefined {
  const stats = statOf(path)
  return stats && `${stats.dev}:${stats.ino}`
}

/** Throws StoreError (`STORE_INSECURE`) where others than the owner have access. Windows has no such modes. */
export function refuseOpenFile(path: string): void {
  if (process.platform === 'win32') return
  for (const file of [path, ...companions.map((suffix) => path + suffix)]) {
    const mode = statOf(file)?.mode ?? 0
    if ((mode & groupAndOthers) === 0) continue
    throw new StoreError(`Others may read or write the credential store ${file}.`, {
      code: 'STORE_INSECURE',
      outcome: 'not_sent',
      hint: `Run: chmod 600 '${file.replaceAll("'", String.raw`'\''`)}'. Consider what it holds as known to them.`,
    })
  }
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false })
}
