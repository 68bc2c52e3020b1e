import { createInterface } from 'node:readline/promises'
import type { Approve } from './agent.ts'

/** Asks at the terminal before a write to a real service; anything but yes is no. */
export function createApproval(real: ReadonlySet<string>, yes: boolean, signal: AbortSignal): Approve {
  if (yes) return () => Promise.resolve(true)
  let queue: Promise<unknown> = Promise.resolve()
  const ask = async (tool: string, input: unknown) => {
    const terminal = createInterface({ input: process.stdin, output: process.stdout })
    try {
      console.log(`\n  The agent wants to call ${tool} with\n${indent(JSON.stringify(input, undefined, 2))}`)
      const closed = new Promise<string>((resolve) =>
        terminal.once('close', () => {
          resolve('')
        }),
      )
      const answer = await Promise.race([terminal.question('  Allow it? [y/N] ', { signal }), closed])
      return /^y(es)?$/i.test(answer.trim())
    } finally {
      terminal.close()
    }
  }
  return (tool, input) => {
    if (!real.has(tool.split('_')[0] ?? '')) return Promise.resolve(true)
    const answer = queue.then(() => ask(tool, input))
    queue = answer.catch(() => undefined)
    return answer
  }
}

const indent = (text: string) => text.replaceAll(/^/gm, '    ')
