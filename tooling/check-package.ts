// Packs the package in the current folder as it would be published, and checks what came out.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { contentProblems, packPackage } from './packed-package.ts'

const attw = fileURLToPath(new URL('node_modules/.bin/attw', import.meta.url))

const problems: string[] = []
const directory = mkdtempSync(join(tmpdir(), 'check-package-'))
try {
  const packed = await packPackage('.', directory)
  problems.push(...contentProblems(packed))

  const { messages, pkg } = await publint({
    strict: true,
    pack: { tarball: new Uint8Array(readFileSync(packed.tarball)).buffer },
  })
  problems.push(...messages.map((message) => `publint: ${formatMessage(message, pkg) ?? message.code}`))

  try {
    const profile = ['--profile', 'esm-only', '--no-emoji', '--no-color']
    execFileSync(attw, [...profile, packed.tarball], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    problems.push(`attw: ${(error as { stdout?: string }).stdout ?? String(error)}`)
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}

for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
else console.log('packs what it should; publint and attw agree')
