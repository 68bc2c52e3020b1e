import { readFileSync } from 'node:fs'
import { createGithubEmulator, type GithubEmulator } from '@agent/emulators'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeBlocks, runBlock } from '../../../tooling/readme-blocks.ts'

const directory = new URL('..', import.meta.url)
const blocks = codeBlocks(readFileSync(new URL('README.md', directory), 'utf8'))

let emulator: GithubEmulator
beforeAll(async () => {
  emulator = await createGithubEmulator({
    seed: {
      users: [{ login: 'octocat' }],
      organizations: [{ login: 'octo-org', members: { octocat: 'admin' } }],
      tokens: [{ token: 'test-token-1', login: 'octocat', scopes: ['repo'] }],
      repositories: [{ owner: 'octo-org', name: 'hello-world' }],
    },
  })
})
afterAll(() => emulator.close())

describe('README', () => {
  it('has code', () => {
    expect(blocks).toHaveLength(3)
  })

  it.each([
    [0, ["name: 'github viewer.get'", '"account":"octocat"']],
    [1, ['viewer.get applied']],
    [2, ['"action":"issues.create"', '"actor":"maria"']],
  ])('runs as written: block %i', async (index, printed) => {
    const environment = { GITHUB_TOKEN: 'test-token-1' }
    const { stdout } = await runBlock(blocks[index]![1], { directory, url: emulator.url, environment })
    for (const text of printed) expect(stdout).toContain(text)
  })
})
