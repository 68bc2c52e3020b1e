import type { EncryptedStore } from '@agent/core'
import { type LocalDirectories, localDirectories, localStore, type LocalStoreOptions } from '@agent/core/node'
import type { CommonFlags, Context } from '../context.ts'

/** The credentials of this user. */
export interface LocalCredentials {
  store: EncryptedStore
  directories: LocalDirectories
  /** How an app opens the same store. */
  source: string
}

export function localCredentials(
  { environment }: Context,
  { store: directory }: CommonFlags,
): LocalCredentials {
  const options: LocalStoreOptions = { directory, environment }
  const directories = localDirectories(options)
  return { store: localStore(options), directories, source: sourceOf(directories.credentials, directory) }
}

function sourceOf(credentials: string, given: string | undefined): string {
  if (given !== undefined) return `localStore({ directory: ${JSON.stringify(credentials)} })`
  const isUsual = credentials === localDirectories().credentials
  return isUsual ? 'localStore()' : 'localStore({ environment: process.env })'
}
