import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { encryptedStore, type EncryptedStore } from '../credentials/encrypted/encrypted-store.ts'
import type { EncryptionKeysSource } from '../credentials/encrypted/encryption-keys.ts'
import { fileStore } from './file-store.ts'
import { localKeys } from './local-keys.ts'

export interface LocalStoreOptions {
  /** Where the credentials are kept; by default `agent/credentials` in the user's configuration directory. */
  directory?: string | undefined
  /** Keys to encrypt with; by default those of `localKeys` in the directory `keys` beside `directory`. */
  keys?: EncryptionKeysSource | undefined
  /**
   * Where `XDG_CONFIG_HOME` (Windows: `APPDATA`) is looked up, such as `process.env`. Without it the configuration
   * directory is `.config` in the user's home (Windows: `AppData\Roaming`).
   */
  environment?: Readonly<Record<string, string | undefined>> | undefined
}

export interface LocalDirectories {
  credentials: string
  keys: string
}

/**
 * The credentials of this user on this machine, encrypted: what the command line tool saves and an app reads.
 * As the keys lie beside them, the encryption protects copies of the one directory without the other; who can
 * read both directories can read the credentials.
 *
 * Throws StoreError as `fileStore` and `encryptedStore` do.
 *
 * @example localStore({ environment: process.env })
 */
export function localStore(options: LocalStoreOptions = {}): EncryptedStore {
  const directories = localDirectories(options)
  const ownKeys = localKeys({ directory: directories.keys })
  return encryptedStore(fileStore({ directory: directories.credentials }), {
    keys: options.keys ?? (() => ownKeys.read()),
  })
}

/** Where `localStore` keeps credentials and keys under the same options. */
export function localDirectories({
  directory,
  environment = {},
}: Pick<LocalStoreOptions, 'directory' | 'environment'> = {}): LocalDirectories {
  const credentials =
    directory === undefined ? join(configDirectory(environment), 'agent', 'credentials') : resolve(directory)
  return { credentials, keys: join(dirname(credentials), 'keys') }
}

/** @see https://specifications.freedesktop.org/basedir-spec/latest/ */
function configDirectory(environment: NonNullable<LocalStoreOptions['environment']>): string {
  const isWindows = process.platform === 'win32'
  const chosen = isWindows ? environment['APPDATA'] : environment['XDG_CONFIG_HOME']
  // The specification has relative paths ignored.
  if (chosen !== undefined && isAbsolute(chosen)) return chosen
  return isWindows ? join(homedir(), 'AppData', 'Roaming') : join(homedir(), '.config')
}
