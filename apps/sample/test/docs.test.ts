import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { compileBlocks } from '../../../tooling/compile-blocks.ts'
import { codeBlocks } from '../../../tooling/readme-blocks.ts'

const root = new URL('../../../', import.meta.url)
const guides = readdirSync(new URL('docs/', root)).filter((name) => name.endsWith('.md'))
// The blocks of the connectors' READMEs are run, by their own tests.
const packages = ['ai-sdk', 'cli', 'core', 'emulators', 'store-postgres', 'store-redis', 'store-sqlite']
const files = [
  'README.md',
  ...guides.map((name) => `docs/${name}`),
  ...packages.map((name) => `packages/${name}/README.md`),
]

/** By a name that leads back to the text: its file, and which of its blocks. */
const blocks = new Map(
  files.flatMap((file) => {
    const found = codeBlocks(readFileSync(new URL(file, root), 'utf8'))
    return found.map(
      ([, code], index) => [`${file.replaceAll(/\W/g, '-')}-block-${index + 1}.ts`, code] as const,
    )
  }),
)

it('compiles every block of the guides and READMEs as written', () => {
  expect(blocks.size).toBeGreaterThan(15)
  expect(compileBlocks(blocks, new URL('..', import.meta.url))).toEqual([])
}, 60_000)

it('tells a block that does not compile', () => {
  const wrong = new Map([['wrong.ts', "import { nothing } from '@agent/core'\nnothing()\n"]])
  expect(compileBlocks(wrong, new URL('..', import.meta.url))).toEqual([
    expect.stringMatching(/^wrong\.ts:1 .*no exported member 'nothing'/),
  ])
}, 60_000)
