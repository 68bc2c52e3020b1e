import type { Stats } from 'node:fs'
import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errorCode, insecure } from './file-errors.ts'

const directoryMode = 0o700
const fileMode = 0o600
const othersMode = 0o077

// Windows has no modes and opens no directory; a profile's files are private there by inheritance.
const isPosix = process.platform !== 'win32'

/** Makes a new directory for this user alone, whatever the umask. */
export async function makePrivateDirectory(path: string): Promise<void> {
  await mkdir(path, { mode: directoryMode })
  await chmod(path, directoryMode)
}

/** Opens a directory for this user alone, with those above it, where there is none. */
export async function ensurePrivateDirectory(path: string): Promise<void> {
  if (await checkPrivateDirectory(path)) return
  const created = await mkdir(path, { recursive: true, mode: directoryMode })
  if (created !== undefined) {
    await chmod(path, directoryMode)
    await syncDirectory(dirname(path))
  }
  await checkPrivateDirectory(path)
}

/** False where there is none; throws StoreError (`STORE_INSECURE`) where others may use it. */
export async function checkPrivateDirectory(path: string): Promise<boolean> {
  const stats = await found(stat(path))
  if (stats === undefined) return false
  if (stats.isDirectory()) assertPrivate(path, stats, directoryMode)
  return true
}

/** Writes a new file for this user alone; it has reached the disk when this returns. */
export async function writeNewFile(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', fileMode)
  try {
    await file.chmod(fileMode)
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The text of a file; undefined where there is none. Throws StoreError where others may read it. */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  const file = await found(open(path, 'r'))
  if (file === undefined) return undefined
  try {
    assertPrivate(path, await file.stat(), fileMode)
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

/** The names in a directory; undefined where there is none. */
export const namesIn = (path: string): Promise<string[] | undefined> => found(readdir(path))

/** Renames; false where `from` is no longer there. */
export async function renamed(from: string, to: string): Promise<boolean> {
  return (await found(rename(from, to).then(() => true))) ?? false
}

/** Makes what was created, renamed and removed in a directory outlast a loss of power. */
export async function syncDirectory(path: string): Promise<void> {
  if (!isPosix) return
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** Removes a directory that nobody is to find half empty: it goes out of the way before. */
export async function removeDirectory(path: string): Promise<void> {
  const aside = join(dirname(path), `trash.${crypto.randomUUID()}`)
  if (await renamed(path, aside)) await rm(aside, { recursive: true, force: true })
}

function assertPrivate(path: string, stats: Stats, mode: number): void {
  if (!isPosix) return
  if (stats.uid !== process.geteuid?.()) throw insecure(path, 'it belongs to another user', 'chown "$USER"')
  if ((stats.mode & othersMode) === 0) return
  throw insecure(path, 'other users may read or change it', `chmod ${mode.toString(8)}`)
}

/** What a call answers; undefined where the file or directory is not there. */
async function found<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
