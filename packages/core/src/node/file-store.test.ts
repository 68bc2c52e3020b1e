import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { memoryStore } from '../credentials/memory-store.ts'
import { encryptedStore } from '../index.ts'
import { describeCredentialStore } from '../testing/describe-credential-store.ts'
import { fileStore, localKeys } from './index.ts'

const directory = await mkdtemp(join(tmpdir(), 'file-store-'))
afterAll(() => rm(directory, { recursive: true }))

const at = (name: string) => fileStore({ directory: join(directory, name) })
const keys = localKeys({ directory: join(directory, 'keys') })
const memory = memoryStore()

describeCredentialStore('files', { open: () => at('plain') })
describeCredentialStore('encrypted files', {
  open: () => encryptedStore(at('encrypted'), { keys: () => keys.read() }),
})
describeCredentialStore('encrypted memory', {
  open: () => encryptedStore(memory, { keys: [{ id: 'a', key: new Uint8Array(32).fill(7) }] }),
})
