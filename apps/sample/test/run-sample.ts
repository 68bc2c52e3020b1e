import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const directory = fileURLToPath(new URL('..', import.meta.url))

export interface Run {
  code: number | null
  stdout: string
  stderr: string
}

/** The command as a user runs it, in a process of its own, with nothing in its environment but what is given. */
export function runSample(
  args: readonly string[] = [],
  environment: Record<string, string> = {},
  input = '',
): Promise<Run> {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, ['--conditions=@agent/source', 'src/main.ts', ...args], {
    cwd: directory,
    // The person's own .env must not reach a test.
    env: { PATH, SAMPLE_ENV_FILE: 'none', ...environment },
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()))
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      resolve({ code, ...output })
    })
  })
}
