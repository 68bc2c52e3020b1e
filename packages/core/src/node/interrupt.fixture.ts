import { AsyncLocalStorage } from 'node:async_hooks'
import fs, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

export type Side = 'before' | 'after'

type Call = (...args: unknown[]) => Promise<unknown>

/** Work that stops at one of its calls to the file system, as a process does that is stopped or killed there. */
export interface Interrupted<T> {
  /** Calls the work has made so far. */
  calls: number
  /** Settles when the work has stopped or ended. */
  reached: Promise<void>
  result: Promise<T>
  /** Lets it go on. */
  resume: () => void
}

interface Actor {
  calls: number
  /** Called before and after each call. */
  step: (side: Side, call: number) => Promise<void>
  /** Throws instead of the call. */
  fail: ((name: string) => void) | undefined
}

const actors = new AsyncLocalStorage<Actor>()
const patched = ['chmod', 'mkdir', 'open', 'readdir', 'rename', 'rm', 'stat'] as const
const patchedOfFiles = ['chmod', 'writeFile', 'readFile', 'sync', 'stat'] as const
const functions = fs as unknown as Record<(typeof patched)[number], Call>

/** Makes the file system of this process one that `interrupt` and `failing` work on; returns the way back. */
export function patchFileSystem(): () => void {
  const originals = { ...functions }
  for (const name of patched) {
    const original = originals[name]
    functions[name] = async (...args) => {
      const actor = actors.getStore()
      if (actor === undefined) return original(...args)
      const result = await stepped(actor, name, () => original(...args))
      if (name === 'open') patchFile(actor, result as FileHandle)
      return result
    }
  }
  syncBuiltinESMExports()
  return () => {
    Object.assign(functions, originals)
    syncBuiltinESMExports()
  }
}

/** Runs `work` until its call number `at`, and stops it before or after that call. */
export function interrupt<T>(at: number, side: Side, work: () => Promise<T>): Interrupted<T> {
  const stop = Promise.withResolvers<undefined>()
  const resumed = Promise.withResolvers<undefined>()
  const actor: Actor = {
    calls: 0,
    fail: undefined,
    step: async (now, call) => {
      if (call !== at || now !== side) return
      stop.resolve(undefined)
      await resumed.promise
    },
  }
  const result = actors.run(actor, work)
  return {
    get calls() {
      return actor.calls
    },
    reached: Promise.race([stop.promise, result.then(() => undefined)]),
    result,
    resume: () => {
      resumed.resolve(undefined)
    },
  }
}

/** Runs `work` on a file system where calls of a name fail with an error code. */
export function failing<T>(name: string, code: string, work: () => Promise<T>): Promise<T> {
  const fail = (called: string) => {
    if (called === name) throw Object.assign(new Error(`${code}: test-token-1`), { code })
  }
  return actors.run({ calls: 0, fail, step: () => Promise.resolve() }, work)
}

function patchFile(actor: Actor, file: FileHandle): void {
  const methods = file as unknown as Record<(typeof patchedOfFiles)[number], Call>
  for (const name of patchedOfFiles) {
    const original = methods[name].bind(file)
    methods[name] = async (...args) =>
      stepped(actor, `file.${name}`, async () => {
        const [text] = args
        if (name !== 'writeFile' || typeof text !== 'string' || text === '') return original(...args)
        // Two calls, so that it can be stopped when half is written.
        const half = Math.ceil(text.length / 2)
        await original(text.slice(0, half))
        return stepped(actor, 'file.writeFile', () => original(text.slice(half)))
      })
  }
}

async function stepped<T>(actor: Actor, name: string, call: () => Promise<T>): Promise<T> {
  const number = ++actor.calls
  await actor.step('before', number)
  actor.fail?.(name)
  const result = await call()
  await actor.step('after', number)
  return result
}
