import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Ran, World } from './world.ts'

const bin = fileURLToPath(new URL('../src/bin.ts', import.meta.url))
const pseudoTerminal = fileURLToPath(new URL('pseudo-terminal.py', import.meta.url))
const command = [process.execPath, '--conditions=@agent/source', bin]

export interface AgentProcess {
  child: ChildProcessWithoutNullStreams
  ended: Promise<Ran>
  said(pattern: RegExp): Promise<RegExpExecArray>
}

/** The command as a process of its own. */
export function startAgent(world: World, argv: readonly string[], input = ''): AgentProcess {
  return observe(world, spawn(process.execPath, [...command.slice(1), ...argv], optionsOf(world)), input)
}

/** False where there is no Python to make a pseudo-terminal with. */
export const hasPseudoTerminal =
  process.platform !== 'win32' && spawnSync('python3', ['-c', 'import pty, termios']).status === 0

/** The command in a pseudo-terminal, in which `keys` are typed once `pattern` is shown. */
export function typeInto(
  world: World,
  argv: readonly string[],
  { pattern, keys }: { pattern: string; keys: string },
): Promise<Ran> {
  const child = spawn('python3', [pseudoTerminal, pattern, keys, ...command, ...argv], optionsOf(world))
  return observe(world, child, '').ended
}

const optionsOf = ({ environment, directory }: World) => ({
  env: { ...environment, TERM: 'xterm-256color' },
  cwd: directory,
})

function observe(world: World, child: ChildProcessWithoutNullStreams, input: string): AgentProcess {
  const texts = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()))
  child.stdin.end(input)
  const ended = once(child, 'close').then(([code]) => {
    world.watch(texts.stdout + texts.stderr)
    return { code: Number(code ?? -1), ...texts }
  })
  return {
    child,
    ended,
    async said(pattern) {
      for (;;) {
        const match = pattern.exec(texts.stderr)
        if (match) return match
        if (child.exitCode !== null)
          throw new Error(`It ended without saying ${String(pattern)}: ${texts.stderr}`)
        await Promise.race([once(child.stderr, 'data'), ended])
      }
    },
  }
}
