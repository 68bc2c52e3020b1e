import { createHash } from 'node:crypto'
import { rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { keyDocument, readDocument } from './documents.ts'
import { errorCode, mismatch, unreadable } from './file-errors.ts'
import {
  checkPrivateDirectory,
  makePrivateDirectory,
  namesIn,
  removeDirectory,
  syncDirectory,
  writeNewFile,
} from './private-files.ts'

// What a key's directory holds:
//   key.json                   the key
//   absent.<id>                an empty file: there is no value; or
//   present.<id>               an empty file: `value.<id>.<base>` holds the value
//   value.<id>.<base>          a value, to take the place of the state `<base>`
//   free.<id> or held.<id>.…   an empty file: the lock
// There is one state and one lock at any time: each changes by renaming its file, to a name never used before.
// See docs/decisions, "File store: compare and swap by renaming".

const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const statePattern = /* @__PURE__ */ new RegExp(`^(present|absent)\\.(${id})$`)
const valuePattern = /* @__PURE__ */ new RegExp(`^value\\.(${id})\\.(${id})$`)
const lockPattern = /* @__PURE__ */ new RegExp(
  `^(?:free\\.${id}|held\\.${id}\\.([0-9a-f]{32})\\.(\\d+)\\.(\\d+))$`,
)
const directoryPattern = /^[0-9a-z-]*-[0-9a-f]{32}$/
const unfinishedPattern = /^(?:new|trash)\./

/** Names are listed one by one on some file systems, so one renamed meanwhile may be missed or seen twice. */
const listings = 20
const unfinishedMs = 60 * 60 * 1000

interface KeyState {
  /** Name of the file that stands for the state. */
  name: string
  isPresent: boolean
  id: string
}

export interface KeyLock {
  name: string
  /** Undefined where the lock is free. */
  held: { owner: string; until: number; ttlMs: number } | undefined
}

export interface KeyListing {
  state: KeyState
  lock: KeyLock
  names: readonly string[]
}

/** A short name for a text, safe to be part of a file name. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)

/** Name of a key's directory: readable, and told apart by the digest where letters' case is not. */
export function directoryName(key: string): string {
  const slug = key
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 40)
  return `${slug}-${digest(key)}`
}

export const isDirectoryName = (name: string): boolean => directoryPattern.test(name)

export const valueName = (version: string, base: string): string => `value.${version}.${base}`

/** What a key's directory holds; undefined where the key has none. Throws StoreError. */
export async function listKey(path: string): Promise<KeyListing | undefined> {
  if (!(await checkPrivateDirectory(path))) return undefined
  for (let attempt = 1; attempt <= listings; attempt++) {
    const names = await namesIn(path)
    if (names === undefined) return undefined
    const states = names.flatMap((name) => parseState(name) ?? [])
    const locks = names.flatMap((name) => parseLock(name) ?? [])
    const [[state], [lock]] = [states, locks]
    if (state && lock && states.length === 1 && locks.length === 1) return { state, lock, names }
  }
  throw unreadable(path, 'it lacks the files that tell whether there is a value and who holds the lock')
}

/** Makes the directory of a key, complete from the first moment, unless it is there. */
export async function ensureKey(root: string, key: string): Promise<void> {
  const path = join(root, directoryName(key))
  if (await checkPrivateDirectory(path)) return
  await removeUnfinished(root)
  const draft = join(root, `new.${crypto.randomUUID()}`)
  await makePrivateDirectory(draft)
  await writeNewFile(join(draft, 'key.json'), keyDocument(key))
  await writeNewFile(join(draft, `absent.${crypto.randomUUID()}`), '')
  await writeNewFile(join(draft, `free.${crypto.randomUUID()}`), '')
  await syncDirectory(draft)
  try {
    await rename(draft, path)
  } catch (error) {
    // Another process was first (Windows answers EPERM then).
    if (!['EEXIST', 'ENOTEMPTY', 'EPERM'].includes(errorCode(error) ?? '')) throw error
    if (!(await checkPrivateDirectory(path))) throw error
    await removeDirectory(draft)
  }
  await syncDirectory(root)
}

/** The key of a directory. Throws StoreError where it is damaged or was moved. */
export async function readKey(path: string): Promise<string> {
  const document = await readDocument(join(path, 'key.json'))
  if (document === undefined) throw unreadable(path, 'it lacks its file key.json')
  if (directoryName(document.key) !== basename(path)) throw mismatch(path)
  return document.key
}

/**
 * Removes values that were replaced or deleted, and those that writers left behind. A value may still become
 * the current one only while the state is the one that it is to replace, and a state never comes back: so the
 * values are listed first and the state after.
 */
export async function removeOldValues(path: string): Promise<void> {
  const names = (await namesIn(path)) ?? []
  const listing = await listKey(path)
  if (listing === undefined) return
  for (const name of names) {
    const [, version, base] = valuePattern.exec(name) ?? []
    if (version === undefined || version === listing.state.id || base === listing.state.id) continue
    await rm(join(path, name), { force: true })
  }
}

/** Removes what processes left that ended while they made or removed a directory. It holds no value. */
async function removeUnfinished(root: string): Promise<void> {
  for (const name of (await namesIn(root)) ?? []) {
    if (!unfinishedPattern.test(name)) continue
    const path = join(root, name)
    try {
      const { mtimeMs } = await stat(path)
      if (Date.now() - mtimeMs > unfinishedMs) await removeDirectory(path)
    } catch {
      // Another process removes it, or the next one will: no reason to fail what is being done.
    }
  }
}

function parseState(name: string): KeyState | undefined {
  const [, kind, stateId] = statePattern.exec(name) ?? []
  return stateId === undefined ? undefined : { name, isPresent: kind === 'present', id: stateId }
}

function parseLock(name: string): KeyLock | undefined {
  const match = lockPattern.exec(name)
  if (match === null) return undefined
  const [, owner, until, ttlMs] = match
  if (owner === undefined) return { name, held: undefined }
  return { name, held: { owner, until: Number(until), ttlMs: Number(ttlMs) } }
}
