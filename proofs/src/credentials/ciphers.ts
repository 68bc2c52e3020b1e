import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { encryptedStore, memoryStore, saveCredential, StoreError } from '@agent/core'
import { fileStore } from '@agent/core/node'
import { tokensOf } from './authorization-server.ts'
import { exampleService } from './example-service.ts'
import { newStore } from './stores.ts'

export interface CiphersResult {
  /** Records with one bit flipped, of which none may be read. */
  flips: number
  flipsRead: number
  /** Codes of what else was tried. */
  wrongKey: string
  otherAccount: string
  /** Secrets found in the files, in any of their usual forms. */
  leaks: string[]
}

const keysOf = (fill: number) => ({ keys: [{ id: 'first', key: new Uint8Array(32).fill(fill) }] })

/** An encrypted record that was damaged, moved, or opened with another key; and what lies on the disk. */
export async function ciphers(): Promise<CiphersResult> {
  const inner = memoryStore()
  const auth = { type: 'oauth' as const, clientId: 'client', ...tokensOf('someone') }
  await saveCredential(encryptedStore(inner, keysOf(1)), exampleService, { account: 'someone', auth })
  const [key = ''] = await collect(inner.keys())
  const { value = '' } = (await inner.get(key)) ?? {}

  const readAs = async (text: string, at = key, fill = 1) => {
    const copy = memoryStore()
    await copy.set(at, text, undefined)
    try {
      await encryptedStore(copy, keysOf(fill)).get(at)
      return 'read'
    } catch (error) {
      return StoreError.isInstance(error) ? error.code : String(error)
    }
  }
  let flips = 0
  let flipsRead = 0
  const bytes = new TextEncoder().encode(value)
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = bytes.slice()
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    flips += 1
    if ((await readAs(new TextDecoder().decode(flipped))) === 'read') flipsRead += 1
  }
  return {
    flips,
    flipsRead,
    wrongKey: await readAs(value, key, 2),
    otherAccount: await readAs(value, key.replace('someone', 'another')),
    leaks: await leaksOnDisk(Object.values(tokensOf('someone'))),
  }
}

async function leaksOnDisk(secrets: readonly string[]): Promise<string[]> {
  const { address, remove } = newStore('file')
  try {
    const store = encryptedStore(fileStore({ directory: address.place }), keysOf(1))
    const auth = { type: 'oauth' as const, clientId: 'client', ...tokensOf('someone') }
    await saveCredential(store, exampleService, { account: 'someone', auth })
    const forms = secrets.flatMap((secret) => [
      secret,
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      Buffer.from(secret).toString('hex'),
    ])
    const texts = readdirSync(address.place, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name + readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    if (texts.length === 0) throw new Error('There is nothing on the disk.')
    return forms.filter((form) => texts.some((text) => text.includes(form)))
  } finally {
    remove()
  }
}

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const value of values) all.push(value)
  return all
}
