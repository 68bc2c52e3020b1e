import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

const allowed = /^package\/(dist\/.+\.(js|d\.ts)|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/
const required = ['package/package.json', 'package/README.md', 'package/LICENSE', 'package/dist/index.js']

export interface Manifest {
  name: string
  version: string
  exports: Record<string, unknown>
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

/** A package as it would be published. */
export interface PackedPackage {
  /** Path of the tarball. */
  tarball: string
  files: string[]
  manifest: Manifest
}

/** Packs the package in `directory` into the folder `destination`. */
export async function packPackage(directory: string, destination: string): Promise<PackedPackage> {
  const pack = ['pack', '--json', '--pack-destination', destination]
  const { stdout } = await run('pnpm', pack, { cwd: directory })
  const { filename: tarball } = JSON.parse(stdout) as { filename: string }
  const list = await run('tar', ['-tzf', tarball])
  const manifest = await run('tar', ['-xzOf', tarball, 'package/package.json'])
  return {
    tarball,
    files: list.stdout.trim().split('\n'),
    manifest: JSON.parse(manifest.stdout) as Manifest,
  }
}

/** What is wrong with the contents and the manifest, a sentence each. */
export function contentProblems({ files, manifest }: PackedPackage): string[] {
  return [
    ...files.filter((file) => !allowed.test(file)).map((file) => `packs ${file}`),
    ...required.filter((file) => !files.includes(file)).map((file) => `lacks ${file}`),
    ...manifestProblems(manifest),
  ]
}

function manifestProblems({ exports, dependencies, peerDependencies }: Manifest): string[] {
  const found: string[] = []
  if (JSON.stringify(exports).includes('@agent/source')) found.push('exports its sources')
  for (const [name, range] of Object.entries({ ...dependencies, ...peerDependencies })) {
    if (/^(workspace|catalog|link|file):/.test(range)) found.push(`depends on ${name} by ${range}`)
  }
  return found
}
