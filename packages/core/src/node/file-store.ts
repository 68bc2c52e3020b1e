import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { CredentialStore, StoredValue } from '../credentials/credential-store.ts'
import { ConnectorError } from '../errors/connector-error.ts'
import { ConfigError } from '../errors/errors.ts'
import { readValueDocument, valueDocument } from './documents.ts'
import { fileFailure, mismatch, unreadable } from './file-errors.ts'
import { giveUpLock, takeLock } from './file-lock.ts'
import {
  directoryName,
  ensureKey,
  isDirectoryName,
  listKey,
  readKey,
  removeOldValues,
  valueName,
} from './key-directory.ts'
import { ensurePrivateDirectory, namesIn, renamed, syncDirectory, writeNewFile } from './private-files.ts'

export interface FileStoreOptions {
  /** Made where there is none, for this user alone. On a local disk: network file systems rename unreliably. */
  directory: string
}

/**
 * Keeps credentials in files, for the processes of one user on one machine. Values are plain text there: put
 * `encryptedStore` around it, or use `localStore`.
 *
 * Directories have mode 0700 and files 0600. Throws StoreError: `STORE_INSECURE` where other users may read or
 * change one, `RECORD_UNREADABLE` and `RECORD_MISMATCH` where a file is damaged or was moved, and
 * `STORE_UNAVAILABLE` where the file system refuses. Damaged files are left as they are.
 */
export function fileStore({ directory }: FileStoreOptions): CredentialStore {
  const root = resolveDirectory(directory)
  const pathOf = (key: string) => join(root, directoryName(key))
  async function opened<T>(work: () => Promise<T>): Promise<T> {
    try {
      await ensurePrivateDirectory(root)
      return await work()
    } catch (error) {
      throw ConnectorError.isInstance(error) ? error : fileFailure(root, error)
    }
  }
  return {
    get: (key) => opened(() => read(pathOf(key), key)),
    set: (key, value, expected) =>
      opened(async () => {
        if (expected === undefined) await ensureKey(root, key)
        return write(pathOf(key), { key, value, expected })
      }),
    delete: (key) => opened(() => remove(pathOf(key))),
    async *keys() {
      const names = await opened(() => namesIn(root))
      let failed: ConnectorError | undefined
      for (const name of (names ?? []).filter(isDirectoryName)) {
        const key = await opened(() => keyIn(join(root, name))).catch((error: unknown) => {
          if (!ConnectorError.isInstance(error)) throw error
          failed ??= error
          return undefined
        })
        if (key !== undefined) yield key
      }
      // One damaged record neither goes unnoticed nor hides the others.
      if (failed !== undefined) throw failed
    },
    lock: (key, owner, ttlMs) =>
      opened(async () => {
        await ensureKey(root, key)
        return takeLock(pathOf(key), owner, ttlMs)
      }),
    unlock: (key, owner) => opened(() => giveUpLock(pathOf(key), owner)),
  }
}

async function keyIn(path: string): Promise<string | undefined> {
  const listing = await listKey(path)
  return listing?.state.isPresent ? readKey(path) : undefined
}

async function read(path: string, key: string): Promise<StoredValue | undefined> {
  const missed: string[] = []
  for (;;) {
    const listing = await listKey(path)
    if (!listing?.state.isPresent) return undefined
    const { id } = listing.state
    // Once a listing may be older than the file, and once a file be gone with its state; but the state is the same.
    if (missed.filter((each) => each === id).length === 2) {
      throw unreadable(path, 'the file of its value is missing')
    }
    const name = listing.names.find((each) => each.startsWith(`value.${id}.`))
    const document = name === undefined ? undefined : await readValueDocument(join(path, name))
    if (document !== undefined) {
      if (document.key !== key) throw mismatch(path)
      if (document.version !== id) throw unreadable(path, 'its value is that of another version')
      return { value: document.value, version: id }
    }
    missed.push(id)
  }
}

interface Write {
  key: string
  value: string
  expected: string | undefined
}

async function write(path: string, { key, value, expected }: Write): Promise<string | undefined> {
  const state = (await listKey(path))?.state
  if (state === undefined || (state.isPresent ? state.id : undefined) !== expected) return undefined
  const version = crypto.randomUUID()
  const draft = join(path, valueName(version, state.id))
  try {
    await writeNewFile(draft, valueDocument({ key, version, value }))
    await syncDirectory(path)
  } catch (error) {
    await ignored(rm(draft, { force: true }))
    throw error
  }
  const won = await renamed(join(path, state.name), join(path, `present.${version}`))
  if (won) await syncDirectory(path)
  // It is set, or another's is: what cannot be removed now goes with the next write.
  await ignored(removeOldValues(path))
  return won ? version : undefined
}

async function remove(path: string): Promise<boolean> {
  for (;;) {
    const state = (await listKey(path))?.state
    if (state === undefined) return false
    const removed =
      state.isPresent && (await renamed(join(path, state.name), join(path, `absent.${crypto.randomUUID()}`)))
    // A write came between.
    if (state.isPresent && !removed) continue
    if (removed) await syncDirectory(path)
    await removeOldValues(path)
    return removed
  }
}

async function ignored(work: Promise<void>): Promise<void> {
  await work.catch(() => undefined)
}

function resolveDirectory(directory: string): string {
  if (typeof directory === 'string' && directory !== '') return resolve(directory)
  throw new ConfigError('Invalid file store: directory: expected a path.', {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: 'Name the directory that credentials are to be kept in.',
    issues: [{ path: 'directory', expected: 'a path' }],
  })
}
