// Packs the package in the current folder as it would be published, and checks what came out.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

const allowed = /^package\/(dist\/.+\.(js|d\.ts)|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/
const required = ['package/package.json', 'package/README.md', 'package/LICENSE', 'package/dist/index.js']

const attw = fileURLToPath(new URL('node_modules/.bin/attw', import.meta.url))

interface Manifest {
  name: string
  exports: Record<string, unknown>
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

const problems: string[] = []
const directory = mkdtempSync(join(tmpdir(), 'check-package-'))
try {
  run('pnpm', ['pack', '--pack-destination', directory])
  const tarball = run('ls', [directory]).trim()
  const path = join(directory, tarball)
  const files = run('tar', ['-tzf', path]).trim().split('\n')
  problems.push(...files.filter((file) => !allowed.test(file)).map((file) => `packs ${file}`))
  problems.push(...required.filter((file) => !files.includes(file)).map((file) => `lacks ${file}`))

  run('tar', ['-xzf', path, '-C', directory])
  const manifest = JSON.parse(readFileSync(join(directory, 'package/package.json'), 'utf8')) as Manifest
  problems.push(...manifestProblems(manifest))

  const { messages, pkg } = await publint({
    strict: true,
    pack: { tarball: new Uint8Array(readFileSync(path)).buffer },
  })
  problems.push(...messages.map((message) => `publint: ${formatMessage(message, pkg) ?? message.code}`))

  try {
    run(attw, ['--profile', 'esm-only', '--no-emoji', '--no-color', path])
  } catch (error) {
    problems.push(`attw: ${(error as { stdout?: string }).stdout ?? String(error)}`)
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}

for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
else console.log('packs what it should; publint and attw agree')

function run(command: string, args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

function manifestProblems({ exports, dependencies, peerDependencies }: Manifest): string[] {
  const found: string[] = []
  if (JSON.stringify(exports).includes('@agent/source')) found.push('exports its sources')
  for (const [name, range] of Object.entries({ ...dependencies, ...peerDependencies })) {
    if (/^(workspace|catalog|link|file):/.test(range)) found.push(`depends on ${name} by ${range}`)
  }
  return found
}
