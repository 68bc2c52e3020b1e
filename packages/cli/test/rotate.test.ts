import { encryptedStore, saveCredential } from '@agent/core'
import { fileStore, localDirectories, localKeys, localStore } from '@agent/core/node'
import { github } from '@agent/github'
import { expect, test } from 'vitest'
import { startAgent } from './agent-process.ts'
import { json, useWorld } from './world.ts'

const world = useWorld()

async function save(count: number) {
  const store = localStore({ environment: world.environment })
  for (let index = 0; index < count; index++) {
    const auth = { type: 'personalAccessToken', token: `test-token-of-${index}` } as const
    await saveCredential(store, github, { account: `account-${index}`, auth, baseUrl: world.github.url })
  }
}

const directories = () => localDirectories({ environment: world.environment })
const keys = () => localKeys({ directory: directories().keys })

async function assertAllReadable(count: number) {
  const tokens = (await world.saved()).map(({ auth }) => auth['token'])
  expect(tokens.sort()).toEqual(Array.from({ length: count }, (_, index) => `test-token-of-${index}`).sort())
}

test('rotate encrypts everything under a new key, and the old one opens nothing', async () => {
  await save(3)
  const old = await keys().read()
  const ran = await world.run(['rotate', '--json'])
  expect(ran.code).toBe(0)
  const now = await keys().read()
  expect(json(ran)).toMatchObject({ total: 3, reencrypted: 3, keyId: now[0]?.id, removedKeys: 1 })
  expect(now).toHaveLength(1)
  expect(now[0]?.id).not.toBe(old[0]?.id)
  await assertAllReadable(3)
  const plain = fileStore({ directory: directories().credentials })
  const withOldKey = encryptedStore(plain, { keys: old })
  for await (const key of plain.keys())
    await expect(withOldKey.get(key)).rejects.toMatchObject({ code: 'RECORD_UNDECIPHERABLE' })
})

test('Killed midway, nothing is lost, and the next rotate finishes', async () => {
  await save(40)
  const agent = startAgent(world, ['rotate'])
  await agent.said(/Encrypting under a new key/)
  agent.child.kill('SIGKILL')
  expect((await agent.ended).code).toBe(-1)
  expect((await keys().read()).length).toBeGreaterThan(1)
  await assertAllReadable(40)
  const ran = await world.run(['rotate', '--json'])
  expect(ran.code).toBe(0)
  expect(json(ran)).toMatchObject({ total: 40, reencrypted: 40 })
  expect(await keys().read()).toHaveLength(1)
  await assertAllReadable(40)
})

test('What cannot be encrypted anew keeps the old keys', async () => {
  await save(1)
  const plain = fileStore({ directory: directories().credentials })
  await plain.set('github/damaged/one', 'damaged', undefined)
  const ran = await world.run(['rotate', '--json'])
  expect(ran.code).toBe(1)
  expect(json(ran)).toMatchObject({ error: { code: 'RECORD_UNREADABLE' } })
  expect(await keys().read()).toHaveLength(2)
})

test('With nothing saved there is nothing to do', async () => {
  const ran = await world.run(['rotate'])
  expect(ran.code).toBe(0)
  expect(ran.stdout).toBe('Encrypted 0 credentials under a new key, and removed the old one.\n')
})
