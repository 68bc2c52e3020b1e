import { storeUnavailable } from '../credentials/store-unavailable.ts'
import { invisible } from '../errors/invisible.ts'
import { StoreError } from '../errors/errors.ts'

/** A path made safe to print. Not cut, as hints tell commands that use it. */
const printable = (path: string): string => path.replaceAll(invisible, '\uFFFD')

/** The `code` of an error of the file system, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  const { code } = Object(error) as { code?: unknown }
  return typeof code === 'string' ? code : undefined
}

/** The StoreError of a failed call to the file system. */
export function fileFailure(path: string, error: unknown): StoreError {
  return storeUnavailable('file', error, hintFor(errorCode(error), printable(path)))
}

function hintFor(code: string | undefined, path: string): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `Let this user read and write ${path}, or choose another directory.`
    case 'ENOSPC':
    case 'EDQUOT':
      return `Free space on the disk of ${path}, then try again.`
    case 'EROFS':
      return `Choose a directory that can be written: ${path} is on a read-only file system.`
    case 'ENOTDIR':
    case 'EEXIST':
      return `Choose another directory: ${path}, or one above it, is something else than a directory.`
    case 'EMFILE':
    case 'ENFILE':
      return 'Let the process have more open files at a time.'
    default:
      return `Check that ${path} is a directory on a working local disk.`
  }
}

/** The StoreError of what is there but cannot be understood. It is left as it is. */
export function unreadable(path: string, problem: string): StoreError {
  return new StoreError(`The credential at ${printable(path)} cannot be read: ${problem}.`, {
    code: 'RECORD_UNREADABLE',
    outcome: 'not_sent',
    hint: `Restore ${printable(path)} from a backup, or move it away and connect the account again.`,
  })
}

/** The StoreError of a record of another key than the one asked for. */
export function mismatch(path: string): StoreError {
  return new StoreError(`The credential at ${printable(path)} belongs to another key.`, {
    code: 'RECORD_MISMATCH',
    outcome: 'not_sent',
    hint: `Move ${printable(path)} back to where it was copied from, or connect the account again.`,
  })
}

/** The StoreError of what others than this user may read or change. */
export function insecure(path: string, problem: string, command: string): StoreError {
  return new StoreError(`The file credential store refuses ${printable(path)}: ${problem}.`, {
    code: 'STORE_INSECURE',
    outcome: 'not_sent',
    hint: `Run: ${command} ${printable(path)} (and replace the credentials, if others may have read them).`,
  })
}
