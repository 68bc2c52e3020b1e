// Publishes each package whose version is not on npm yet: packed by pnpm, which resolves `workspace:` and
// `catalog:`, and sent by npm, which exchanges the workflow's OIDC token (trusted publishing) for provenance.
// `--dry-run` shows what would be sent.
import { execFileSync, spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packPackage } from './packed-package.ts'

const isDryRun = process.argv.includes('--dry-run')
const root = fileURLToPath(new URL('..', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'publish-'))

const isPublished = (version: string) => {
  const { status, stderr } = spawnSync('npm', ['view', version, 'version'], { encoding: 'utf8' })
  // Anything but "not found" says nothing about the version, so nothing is published on a guess.
  if (status !== 0 && !stderr.includes('E404')) throw new Error(`npm view ${version} failed:\n${stderr}`)
  return status === 0
}

try {
  for (const path of globSync('packages/*/package.json', { cwd: root }).toSorted()) {
    const { tarball, manifest } = await packPackage(join(root, dirname(path)), directory)
    const version = `${manifest.name}@${manifest.version}`
    if (!isDryRun && isPublished(version)) {
      console.log(`${version} is on npm`)
      continue
    }
    const provenance = isDryRun ? ['--dry-run'] : ['--provenance']
    execFileSync('npm', ['publish', tarball, '--access', 'public', ...provenance], { stdio: 'inherit' })
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}
