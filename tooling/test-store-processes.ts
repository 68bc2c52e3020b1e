// What holds for a credential storage that several processes use at once, with real processes.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { CredentialStore } from '../packages/core/src/index.ts'
import type { StoreRecipe, StoreTask } from './store-process.ts'

export interface StoreProcessesSubject {
  recipe: StoreRecipe
  open: () => CredentialStore & AsyncDisposable
  /** Why the storage cannot be reached here; the tests are then shown as skipped. */
  unavailable?: string | undefined
}

const processes = 4
const rounds = 25

/** The tests of a storage that several processes share. Call it at the top level of a vitest file. */
export function describeStoreProcesses(
  name: string,
  { recipe, open, unavailable }: StoreProcessesSubject,
): void {
  const title = unavailable === undefined ? name : `${name} (skipped: ${unavailable})`
  const newKey = () => `test/${crypto.randomUUID()}`
  const task = (part: Pick<StoreTask, 'name' | 'key'> & Partial<StoreTask>): StoreTask => ({
    recipe,
    rounds,
    ttlMs: 30_000,
    ...part,
  })

  describe.skipIf(unavailable !== undefined)(`several processes on one storage: ${title}`, () => {
    it('T11 lose no write', async () => {
      await using store = open()
      const key = newKey()
      const children = Array.from({ length: processes }, () => start(task({ name: 'increment', key })))
      await Promise.all(children.map((child) => lastMessage(child)))
      expect((await store.get(key))?.value).toBe(String(processes * rounds))
    })

    it('T11 hold a lock one at a time', async () => {
      await using store = open()
      const key = newKey()
      const contenders = Array.from({ length: processes }, () =>
        start(task({ name: 'increment under lock', key })),
      )
      expect(await Promise.all(contenders.map((child) => lastMessage(child)))).toEqual(
        Array.from({ length: processes }, () => 0),
      )
      expect((await store.get(key))?.value).toBe(String(processes * rounds))
    })

    it('T12 take over the lock of one that was killed, once its time is over', async () => {
      await using store = open()
      const key = newKey()
      const ttlMs = 700
      const begin = performance.now()
      const holder = start(task({ name: 'hold', key, ttlMs }))
      expect(await nextMessage(holder)).toBe(true)
      expect(await store.lock(key, 'other', ttlMs)).toBe(false)
      await kill(holder)
      await vi.waitFor(
        async () => {
          expect(await store.lock(key, 'other', ttlMs)).toBe(true)
        },
        { timeout: 10_000, interval: 20 },
      )
      expect(performance.now() - begin).toBeGreaterThanOrEqual(ttlMs)
    })

    it('T09 find whole values after one was killed while it wrote', async () => {
      await using store = open()
      const key = newKey()
      const writer = start(task({ name: 'overwrite', key, rounds: Number.MAX_SAFE_INTEGER }))
      for (let written = 0; written < 10; written++) expect(await nextMessage(writer)).toBe(true)
      await kill(writer)
      const left = await store.get(key)
      const values = JSON.parse(left?.value ?? '') as number[]
      expect(values).toHaveLength(2000)
      expect(new Set(values).size).toBe(1)
      expect(values[0]).toBeGreaterThanOrEqual(9)
      expect(await store.set(key, 'next', left?.version)).toBeTypeOf('string')
    })
  })
}

function start(task: StoreTask): ChildProcess {
  const child = fork(new URL('store-process.ts', import.meta.url), {
    execArgv: ['--conditions=@agent/source', '--disable-warning=ExperimentalWarning'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  child.send(task)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const stop = new AbortController()
  const { signal } = stop
  const ended = once(child, 'exit', { signal }).then(([code]) => [`ended with ${String(code)}`])
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal }), ended])) as unknown[]
    return message
  } finally {
    stop.abort()
  }
}

/** What a process says before it ends. */
async function lastMessage(child: ChildProcess): Promise<unknown> {
  let message: unknown
  child.on('message', (each) => {
    message = each
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  expect(code).toBe(0)
  return message
}
