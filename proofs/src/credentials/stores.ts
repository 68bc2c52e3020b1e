import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CredentialStore } from '@agent/core'
import { Client } from 'pg'

export const storeKinds = ['file', 'sqlite', 'postgres', 'redis'] as const

export type StoreKind = (typeof storeKinds)[number]

/** Where a store is, as it is handed to other processes. */
export interface StoreAddress {
  kind: StoreKind
  place: string
  /** Table or key prefix. */
  name: string
}

export interface OpenedStore {
  store: CredentialStore
  close: () => Promise<void>
}

const { DATABASE_URL = 'postgres://postgres@127.0.0.1:5432/postgres', REDIS_URL = 'redis://127.0.0.1:6379' } =
  process.env

/** A new, empty store of a kind, and how to remove it. */
export function newStore(kind: StoreKind): { address: StoreAddress; remove: () => void } {
  const name = `proof_${crypto.randomUUID().replaceAll('-', '')}`
  if (kind === 'postgres') return { address: { kind, place: DATABASE_URL, name }, remove: () => undefined }
  if (kind === 'redis') return { address: { kind, place: REDIS_URL, name }, remove: () => undefined }
  const directory = mkdtempSync(join(tmpdir(), 'agent-proof-'))
  const place = join(directory, kind === 'file' ? 'credentials' : 'credentials.db')
  const remove = () => {
    rmSync(directory, { recursive: true, force: true })
  }
  return { address: { kind, place, name }, remove }
}

/** Loads no more than the store that is asked for: thousands of short processes open one each. */
export async function openStore({ kind, place, name }: StoreAddress): Promise<OpenedStore> {
  switch (kind) {
    case 'file': {
      const { fileStore } = await import('@agent/core/node')
      return { store: fileStore({ directory: place }), close: () => Promise.resolve() }
    }
    case 'sqlite': {
      const { sqliteStore } = await import('@agent/store-sqlite')
      return closing(sqliteStore({ path: place }))
    }
    case 'postgres': {
      const { postgresStore } = await import('@agent/store-postgres')
      return closing(postgresStore({ connectionString: place, table: name }))
    }
    case 'redis': {
      const { redisStore } = await import('@agent/store-redis')
      return closing(redisStore({ url: place, prefix: `${name}:` }))
    }
  }
}

const closing = (store: CredentialStore & { close: () => Promise<void> }): OpenedStore => ({
  store,
  close: () => store.close(),
})

/** Removes what a proof left in a shared database. */
export async function emptyStore(address: StoreAddress): Promise<void> {
  const { store, close } = await openStore(address)
  for await (const key of store.keys()) await store.delete(key)
  await close()
  if (address.kind !== 'postgres') return
  const client = new Client({ connectionString: address.place })
  await client.connect()
  // The name is of this proof's own making.
  await client.query(`drop table if exists ${address.name}`)
  await client.end()
}

/** The kinds of stores that can be reached here, and why the others cannot. */
export async function reachableKinds(): Promise<{ kinds: StoreKind[]; missing: string[] }> {
  const databases = [
    ['postgres', DATABASE_URL],
    ['redis', REDIS_URL],
  ] as const
  const answers = await Promise.all(databases.map(([, url]) => canConnect(url)))
  const kinds: StoreKind[] = [
    'file',
    'sqlite',
    ...databases.filter((_, index) => answers[index]).map(([kind]) => kind),
  ]
  const missing = databases.filter((_, index) => !answers[index]).map(([kind]) => `${kind} does not answer`)
  return { kinds, missing }
}

function canConnect(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) })
    const end = (result: boolean) => () => {
      socket.destroy()
      resolve(result)
    }
    socket.once('connect', end(true)).once('error', end(false)).setTimeout(2000, end(false))
  })
}
