import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'

const directory = fileURLToPath(new URL('..', import.meta.url))

/** What `import()` loads of these stays out, as a bundler that splits code leaves it out. */
const leaveOut = (lazy: RegExp): Plugin => ({
  name: 'leave-out',
  setup(bundler) {
    bundler.onResolve({ filter: lazy }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    )
  },
})

/** Gzipped bytes of an app's source once bundled and minified by esbuild, without ky and zod. */
export async function bundleSize(source: string, without = /.*/): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: directory },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
    mainFields: ['module', 'main'],
    external: ['ky', 'zod'],
    plugins: [leaveOut(without)],
    write: false,
  })
  return gzipSync(outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).length
}
