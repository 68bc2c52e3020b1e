import * as z from 'zod'
import { base64url } from '../credentials/encrypted/base64url.ts'
import type { EncryptionKey } from '../credentials/encrypted/encryption-keys.ts'
import type { CredentialStore } from '../credentials/credential-store.ts'
import { ConfigError } from '../errors/errors.ts'
import { quote } from '../errors/quote.ts'
import { unreadable } from './file-errors.ts'
import { fileStore } from './file-store.ts'

export interface LocalKeysOptions {
  /** Made where there is none, for this user alone. Keep it apart from backups of what the keys encrypt. */
  directory: string
}

/** Encryption keys in files of this user. */
export interface LocalKeys {
  /** The keys, the current one first; the first call of all makes one. */
  read(): Promise<EncryptionKey[]>
  /** Makes a new current key and answers its id. The keys before stay, for reading. */
  rotate(): Promise<string>
  /** Removes a key for ever, after `reencrypt`. Throws ConfigError for the current one. */
  remove(id: string): Promise<void>
}

const record = 'encryption-keys'
const keyBytes = 32

const keysSchema = () =>
  z.strictObject({ keys: z.array(z.strictObject({ id: z.string(), key: z.string() })).min(1) })

type StoredKeys = z.infer<ReturnType<typeof keysSchema>>['keys']

/**
 * Keeps the keys of an encrypted store as `fileStore` keeps credentials: for this user alone, safe from a crash,
 * and from several processes that change them at once. Throws StoreError as it does.
 *
 * @example encryptedStore(store, { keys: () => keys.read() })
 */
export function localKeys({ directory }: LocalKeysOptions): LocalKeys {
  const store = fileStore({ directory })
  const change = (next: (keys: StoredKeys) => StoredKeys) => changeKeys(store, directory, next)
  return {
    async read() {
      const found = await store.get(record)
      return found ? parse(directory, found.value) : change((keys) => (keys.length > 0 ? keys : [newKey()]))
    },
    async rotate() {
      const key = newKey()
      await change((keys) => [key, ...keys])
      return key.id
    },
    async remove(id) {
      await change((keys) => {
        if (keys[0]?.id === id) throw isCurrent(id)
        return keys.filter((key) => key.id !== id)
      })
    },
  }
}

async function changeKeys(
  store: CredentialStore,
  directory: string,
  next: (keys: StoredKeys) => StoredKeys,
): Promise<StoredKeys> {
  // Each round that fails is one in which another process changed them.
  for (;;) {
    const found = await store.get(record)
    const before = found ? parse(directory, found.value) : []
    const after = next(before)
    if (after.length === before.length) return before
    if ((await store.set(record, JSON.stringify({ keys: after }), found?.version)) !== undefined) return after
  }
}

const newKey = (): StoredKeys[number] => ({
  id: crypto.randomUUID(),
  key: base64url(crypto.getRandomValues(new Uint8Array(keyBytes))),
})

function parse(directory: string, text: string): StoredKeys {
  try {
    return keysSchema().parse(JSON.parse(text)).keys
  } catch {
    throw unreadable(directory, 'it does not hold encryption keys')
  }
}

function isCurrent(id: string): ConfigError {
  return new ConfigError(`The encryption key ${quote(id)} is the current one.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: 'Call rotate and then reencrypt first, so that nothing needs this key.',
    issues: [{ path: 'id', expected: 'the id of another key than the current one' }],
  })
}
