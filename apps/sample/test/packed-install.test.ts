import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentProblems, packPackage, type PackedPackage } from '../../../tooling/packed-package.ts'

const run = promisify(execFile)

const root = fileURLToPath(new URL('../../..', import.meta.url))
const compiler = join(root, 'node_modules/typescript/bin/tsc')
// Another Node for the consumer, such as the oldest that the packages support.
const nodes = [process.execPath, process.env['CONSUMER_NODE']].filter((path) => path !== undefined)

const types = '@types/node@22'

// One retry, so that a registry out of reach is told rather than waited for.
const npmOptions = ['--no-audit', '--no-fund', '--prefer-offline', '--fetch-retries=1']

const compilerOptions = {
  module: 'nodenext',
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable', 'esnext.disposable'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
}

let directory: string
let packed: PackedPackage[]

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'packed-install-'))
  packed = await Promise.all((await publishedPackages()).map((path) => packPackage(path, directory)))
}, 60_000)

afterAll(() => rm(directory, { recursive: true, force: true }))

async function publishedPackages(): Promise<string[]> {
  const folder = join(root, 'packages')
  const paths = (await readdir(folder)).map((name) => join(folder, name))
  const manifests = await Promise.all(paths.map((path) => readFile(join(path, 'package.json'), 'utf8')))
  return paths.filter((_, index) => !(JSON.parse(manifests[index]!) as { private?: boolean }).private)
}

/** Runs a command where the consumer lives. */
async function inConsumer(command: string, args: readonly string[]): Promise<string> {
  return (await run(command, args, { cwd: directory })).stdout
}

/** Compiles the consumer; what the compiler says of its code and of our packages, not of those of others. */
async function compile(): Promise<string[]> {
  const options = { cwd: directory, maxBuffer: 2 ** 26 }
  const { stdout } = await run(process.execPath, [compiler, '--pretty', 'false'], options).catch(
    (error: unknown) => error as { stdout: string },
  )
  // Details of a complaint are indented.
  return stdout.split('\n').filter((line) => /^\S/.test(line) && !/^node_modules\/(?!@agent\/)/.test(line))
}

describe('the packed packages', () => {
  it('hold what is published and nothing else', () => {
    expect(packed.length).toBeGreaterThan(0)
    expect(Object.fromEntries(packed.map((each) => [each.manifest.name, contentProblems(each)]))).toEqual(
      Object.fromEntries(packed.map(({ manifest }) => [manifest.name, []])),
    )
  })

  it('install, compile and run in an empty project outside the workspace', async () => {
    await cp(fileURLToPath(new URL('consumer/main.ts', import.meta.url)), join(directory, 'main.ts'))
    await writeFile(join(directory, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    await writeFile(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }))
    const source = await readFile(join(directory, 'main.ts'), 'utf8')
    for (const { manifest } of packed) expect(source).toContain(`from '${manifest.name}'`)

    const tarballs = packed.map(({ tarball }) => tarball)
    await inConsumer('npm', ['install', ...npmOptions, ...tarballs, 'zod', types])
    expect(await compile()).toEqual([])

    for (const node of nodes) {
      const version = (await inConsumer(node, ['--version'])).trim()
      expect(JSON.parse(await inConsumer(node, ['main.js']))).toEqual({
        node: version,
        titles: [
          'Keep the last row in CSV exports',
          'Add Portuguese translations',
          'CSV export drops the last row',
        ],
        read: 'Opened from outside',
        code: 'NOT_FOUND',
        login: 'maria-silva',
        cli: true,
        tools: expect.any(Number) as number,
      })
    }
  }, 300_000)
})
