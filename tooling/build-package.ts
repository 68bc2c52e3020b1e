// Builds the package in the current folder: declarations by tsc, and one file per entry point by rolldown,
// with what is imported lazily in chunks of its own. See docs/decisions for why the modules are joined.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

interface Manifest {
  exports: Record<string, string | Record<string, string>>
  bin?: Record<string, string>
}

const { exports, bin = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
const exported = Object.values(exports).flatMap((target) =>
  typeof target === 'string' ? [] : (target['@agent/source'] ?? []),
)
const commands = Object.values(bin).map((path) => path.replace(/^\.\/dist\/(.*)\.js$/, './src/$1.ts'))
const entryPoints = [...exported, ...commands]

rmSync('dist', { recursive: true, force: true })
const tsc = fileURLToPath(new URL('node_modules/.bin/tsc', import.meta.url))
execFileSync(tsc, ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
const bundle = await rolldown({
  input: Object.fromEntries(entryPoints.map((path) => [path.replace(/^\.\/src\/(.*)\.ts$/, '$1'), path])),
  external: /^[^./]/,
  platform: 'neutral',
})
await bundle.write({ dir: 'dist', format: 'esm', chunkFileNames: '[name]-[hash].js' })
