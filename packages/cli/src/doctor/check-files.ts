import type { Stats } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { LocalDirectories } from '@agent/core/node'
import type { Finding } from './finding.ts'

/** Whether other users can get at the credentials or their keys. Windows has no modes to look at. */
export async function checkFiles({ credentials, keys }: LocalDirectories): Promise<Finding[]> {
  if (process.platform === 'win32') return []
  const findings = await Promise.all([credentials, keys].map((directory) => checkTree(directory)))
  return findings.flat()
}

async function checkTree(path: string): Promise<Finding[]> {
  const stats = await statsOf(path)
  if (stats === undefined) return []
  const found = problemOf(path, stats)
  if (!stats.isDirectory()) return found
  const names = await readdir(path).catch(() => [])
  const inside = await Promise.all(names.map((name) => checkTree(join(path, name))))
  return [...found, ...inside.flat()]
}

/** Undefined where there is nothing, or no more. */
async function statsOf(path: string): Promise<Stats | undefined> {
  return lstat(path).catch(() => undefined)
}

function problemOf(subject: string, { mode, uid }: Stats): Finding[] {
  const finding = { level: 'problem', check: 'files', subject } as const
  if (uid !== process.geteuid?.())
    return [{ ...finding, message: 'Belongs to another user.', fix: `Run: chown "$USER" ${subject}` }]
  if ((mode & 0o077) === 0) return []
  const right = (mode & 0o170000) === 0o040000 ? '700' : '600'
  const message = `Other users may read or change it (mode ${(mode & 0o777).toString(8)}).`
  return [{ ...finding, message, fix: `Run: chmod ${right} ${subject}` }]
}
