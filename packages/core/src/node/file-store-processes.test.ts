import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { fileStore } from './file-store.ts'

const root = await mkdtemp(join(tmpdir(), 'file-store-'))
afterAll(() => rm(root, { recursive: true }))

const script = fileURLToPath(new URL('process.fixture.ts', import.meta.url))
const key = 'github/octocat'

interface Worker {
  process: ChildProcessWithoutNullStreams
  nextLine: () => Promise<string | undefined>
  ended: Promise<number | null>
}

function start(work: string, directory: string, count = 0): Worker {
  const child = spawn(process.execPath, [script, work, directory, key, String(count)])
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stderr.pipe(process.stderr)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    process: child,
    nextLine: async () => (await lines.next()).value as string | undefined,
    ended: once(child, 'exit').then(([code]) => code as number | null),
  }
}

describe.skipIf(process.platform === 'win32')('a file store of several processes', () => {
  it.each([
    ['by compare and swap', 'increment', 25],
    ['under the lock', 'incrementLocked', 10],
  ])('T11 loses no update %s', async (_, work, count) => {
    const directory = join(root, work)
    const workers = Array.from({ length: 4 }, () => start(work, directory, count))
    for (const { ended } of workers) expect(await ended).toBe(0)
    expect(Number((await fileStore({ directory }).get(key))?.value)).toBe(4 * count)
  })

  it('T09 has every answered write after kill -9, and never half of one', async () => {
    const directory = join(root, 'killed')
    const store = fileStore({ directory })
    for (let round = 0; round < 6; round++) {
      const worker = start('increment', directory, 1_000_000)
      let answered = Number(await worker.nextLine())
      setTimeout(() => worker.process.kill('SIGKILL'), Math.random() * 50)
      for (let line = await worker.nextLine(); line; line = await worker.nextLine()) answered = Number(line)
      const value = Number((await store.get(key))?.value)
      expect([answered, answered + 1]).toContain(value)
    }
    const found = await store.get(key)
    expect(await store.set(key, 'still usable', found?.version)).toBeTypeOf('string')
  })

  it('T12 T13 takes over the lock of a process that is stopped, and refuses it when it wakes up', async () => {
    const directory = join(root, 'stopped')
    const store = fileStore({ directory })
    const version = await store.set(key, 'one', undefined)
    const holder = start('holdLock', directory)
    expect(await holder.nextLine()).toBe(JSON.stringify({ taken: true }))
    holder.process.kill('SIGSTOP')
    await vi.waitFor(async () => {
      expect(await store.lock(key, 'heir', 60_000)).toBe(true)
    })
    const heirs = await store.set(key, 'two', version)
    holder.process.kill('SIGCONT')
    holder.process.stdin.write('go on\n')
    expect(await holder.nextLine()).toBe(JSON.stringify({ extended: false, written: false }))
    expect(await holder.ended).toBe(0)
    expect(await store.get(key)).toEqual({ value: 'two', version: heirs })
    expect(await store.lock(key, 'third', 60_000)).toBe(false)
  })
})
