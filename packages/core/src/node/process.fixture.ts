// A process of its own that works on a file store; see file-store-processes.test.ts.
import { once } from 'node:events'
import { fileStore } from './file-store.ts'

const [work, directory = '', key = '', count = '0'] = process.argv.slice(2)
const store = fileStore({ directory })
const print = (text: string) => process.stdout.write(`${text}\n`)

/** Counts up by compare and swap, telling each number that it was answered. */
async function increment(times: number): Promise<void> {
  for (let done = 0; done < times;) {
    const found = await store.get(key)
    const next = Number(found?.value.trim() ?? 0) + 1
    // Long enough to be torn, if it can be.
    if ((await store.set(key, String(next).padEnd(20_000), found?.version)) === undefined) continue
    done++
    print(String(next))
  }
}

/** Counts up under the lock, reading and writing apart, so that it miscounts where two hold the lock at once. */
async function incrementLocked(times: number): Promise<void> {
  const owner = crypto.randomUUID()
  for (let done = 0; done < times;) {
    if (!(await store.lock(key, owner, 60_000))) continue
    const found = await store.get(key)
    const before = Number(found?.value ?? 0)
    await new Promise((resolve) => setImmediate(resolve))
    const now = await store.get(key)
    await store.set(key, String(before + 1), now?.version)
    await store.unlock(key, owner)
    done++
  }
}

/** Takes the lock for a moment and goes on late, when told to. */
async function holdLock(): Promise<void> {
  const found = await store.get(key)
  const taken = await store.lock(key, 'holder', 100)
  print(JSON.stringify({ taken }))
  await once(process.stdin, 'data')
  const extended = await store.lock(key, 'holder', 60_000)
  const version = await store.set(key, 'late', found?.version)
  await store.unlock(key, 'holder')
  print(JSON.stringify({ extended, written: version !== undefined }))
  process.stdin.destroy()
}

if (work === 'increment') await increment(Number(count))
else if (work === 'incrementLocked') await incrementLocked(Number(count))
else await holdLock()
