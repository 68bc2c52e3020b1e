import { type ChildProcess, fork } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** A process of this proof, run from its source. */
export function forkScript(name: string, options: unknown, nodeFlags: readonly string[] = []): ChildProcess {
  return fork(script(name), [JSON.stringify(options)], {
    execArgv: ['--conditions=@agent/source', '--disable-warning=ExperimentalWarning', ...nodeFlags],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Most of what so many short processes do is to compile the same sources.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'agent-proofs-compile-cache') },
  })
}

/** The next message of a child; fails where it ends before. */
export function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null, signal: string | null) => {
      reject(new Error(`A process ended early (${code ?? signal ?? 'unknown'}).`))
    }
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message as T)
    })
  })
}

/** How a child ended. */
export function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve({ code, signal })
    })
  })
}
