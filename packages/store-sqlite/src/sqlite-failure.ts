import { StoreError, storeUnavailable } from '@agent/core'

/** Primary result codes. @see https://sqlite.org/rescode.html */
const names: Record<number, string> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  15: 'SQLITE_PROTOCOL',
  26: 'SQLITE_NOTADB',
}

const space = 'Check that the disk of the credential store has space left and works; then try again.'
const access =
  'Check that this process may read and write the file and its folder; SQLite makes files beside it.'
const inFile = 'Part of the path is a file, not a folder; choose another path.'

const hints: Record<string, string> = {
  SQLITE_BUSY: 'Another process keeps the database locked; end it, or raise timeoutMs.',
  SQLITE_READONLY: access,
  SQLITE_CANTOPEN: access,
  SQLITE_IOERR: space,
  SQLITE_FULL: space,
  ENOSPC: space,
  EACCES: access,
  EPERM: access,
  EROFS: access,
  ENOTDIR: inFile,
  EEXIST: inFile,
  EISDIR: 'The path is a folder; give the path of a file in it.',
}

/** The name of an error of SQLite or of the file system. */
function failureName(error: unknown): string | undefined {
  const { code, errcode } = Object(error) as { code?: unknown; errcode?: unknown }
  // Extended result codes have the primary one in their low byte.
  if (typeof errcode === 'number') return names[errcode & 0xff] ?? `SQLITE_${errcode}`
  return typeof code === 'string' ? code : undefined
}

/** True where another connection was in the way, so that the same again may work. */
export function isBusy(error: unknown): boolean {
  return ['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_PROTOCOL'].includes(failureName(error) ?? '')
}

export function sqliteFailure(error: unknown, path: string): StoreError {
  if (StoreError.isInstance(error)) return error
  const name = failureName(error)
  if (name === 'SQLITE_CORRUPT' || name === 'SQLITE_NOTADB') return unreadable(name, path)
  const hint = hints[name ?? ''] ?? 'Check the path, and that the file can be read and written.'
  return storeUnavailable('SQLite', { code: name }, hint)
}

function unreadable(name: string, path: string): StoreError {
  return new StoreError(`The SQLite credential store is damaged or no database (${name}).`, {
    code: 'RECORD_UNREADABLE',
    outcome: 'not_sent',
    hint: `Restore ${path} from a backup, or move it away and connect the accounts again. It was left as it is.`,
  })
}
