import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const directory = fileURLToPath(new URL('..', import.meta.url))

/** Runs Node in a fresh process that inherits no compile cache and no options, and reads the JSON that it prints. */
export function runChild(args: readonly string[]): unknown {
  const { PATH = '' } = process.env
  const stdout = execFileSync(process.execPath, args, {
    cwd: directory,
    env: { PATH },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return JSON.parse(stdout)
}
