import { execFile } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Context } from '../context.ts'
import type { Finding } from './finding.ts'

const run = promisify(execFile)

const isEnvFile = (name: string) =>
  /^\.env(\.|$)/.test(name) && !/\.(example|sample|template|dist)$/.test(name)

/** Whether the `.env` files here are kept out of git, and from other users. */
export async function checkEnvFiles(context: Context): Promise<Finding[]> {
  const { workingDirectory } = context
  const names = (await readdir(workingDirectory).catch(() => [])).filter(isEnvFile)
  const findings = await Promise.all(
    names.map(async (name) => [
      ...(await gitFindings(context, name)),
      ...(await modeFindings(join(workingDirectory, name))),
    ]),
  )
  return findings.flat()
}

async function gitFindings(context: Context, name: string): Promise<Finding[]> {
  const finding = {
    level: 'problem',
    check: 'env-file',
    subject: join(context.workingDirectory, name),
  } as const
  if (await git(context, ['ls-files', '--error-unmatch', '--', name])) {
    const fix = `Run: git rm --cached ${name}; add it to .gitignore; and replace the secrets in it, as the history keeps them.`
    return [{ ...finding, message: 'Is tracked by git.', fix }]
  }
  const isExposed =
    (await git(context, ['rev-parse', '--is-inside-work-tree'])) &&
    !(await git(context, ['check-ignore', '--quiet', '--', name]))
  if (!isExposed) return []
  return [{ ...finding, message: 'Is not ignored by git.', fix: `Add ${name} to .gitignore.` }]
}

/** Whether git succeeds; false where there is none. */
async function git({ workingDirectory, environment, signal }: Context, args: string[]): Promise<boolean> {
  try {
    await run('git', args, { cwd: workingDirectory, env: environment, signal, timeout: 10_000 })
    return true
  } catch {
    return false
  }
}

async function modeFindings(subject: string): Promise<Finding[]> {
  const { mode } = await stat(subject)
  if (process.platform === 'win32' || (mode & 0o077) === 0) return []
  const message = `Other users may read it (mode ${(mode & 0o777).toString(8)}).`
  return [{ level: 'problem', check: 'env-file', subject, message, fix: `Run: chmod 600 ${subject}` }]
}
