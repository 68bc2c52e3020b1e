import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const directory = fileURLToPath(new URL('..', import.meta.url))

export interface Run {
  code: number | null
  stdout: string
  stderr: string
}

/**
 * The command as a user runs it, in a process of its own, with the given settings in its `.env`. Saved credentials
 * are those below `XDG_CONFIG_HOME` of the environment, and none where it has none.
 */
export async function runSample(
  args: readonly string[] = [],
  settings: Record<string, string> = {},
  input = '',
  environment: Record<string, string> = {},
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'sample-'))
  const file = join(folder, '.env')
  await writeFile(
    file,
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
  try {
    const sample = ['src/main.ts', ...args]
    return await run(sample, { ...configDirectory(folder), ...environment, SAMPLE_ENV_FILE: file }, input)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The `agent` command. */
export function runAgent(
  args: readonly string[],
  environment: Record<string, string>,
  input = '',
): Promise<Run> {
  return run(['../../packages/cli/src/bin.ts', ...args], environment, input)
}

/** An environment whose configuration directory, with the credentials saved there, is `directory`. */
export const configDirectory = (directory: string) => ({ XDG_CONFIG_HOME: directory, APPDATA: directory })

function run(args: readonly string[], environment: Record<string, string>, input: string): Promise<Run> {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, ['--conditions=@agent/source', ...args], {
    cwd: directory,
    env: { PATH, ...environment },
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
