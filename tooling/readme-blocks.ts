// What is shown in READMEs and guides is run or compiled as written, by the tests of those who own them.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The TypeScript blocks of a text in Markdown, each with its first line that imports nothing, for the test's name. */
export function codeBlocks(markdown: string): [title: string, code: string][] {
  return [...markdown.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => {
    const title = code.split('\n').find((line) => line !== '' && !line.startsWith('import'))
    return [title ?? '', code]
  })
}

/** The cells of the table that lists a connector's actions, row by row. */
export function actionTable(readme: string): string[][] {
  const rows = readme.split('\n').filter((line) => /^\| `[a-z_]+\.\w+`/.test(line))
  const cellsOf = (row: string) => row.split('|').slice(1, -1)
  return rows.map((row) => cellsOf(row).map((cell) => cell.trim()))
}

export interface RunOptions {
  /** Where the packages that the block imports are found. */
  directory: URL
  /** Server that every request goes to, whatever its host. */
  url: string
  environment: Readonly<Record<string, string>>
}

/** Runs a block as a file of an app would run. Fails where it throws. */
export function runBlock(
  code: string,
  { directory, url, environment }: RunOptions,
): Promise<{ stdout: string; stderr: string }> {
  const detour = `
    const send = globalThis.fetch
    globalThis.fetch = (input, init) => {
      const request = new Request(input, init)
      const { pathname, search } = new URL(request.url)
      return send(new Request(${JSON.stringify(url)} + pathname + search, request))
    }`
  const flags = [
    '--conditions=@agent/source',
    '--import',
    `data:text/javascript,${encodeURIComponent(detour)}`,
  ]
  return promisify(execFile)(process.execPath, [...flags, '--input-type=module-typescript', '--eval', code], {
    cwd: directory,
    env: { PATH: process.env['PATH'], ...environment },
    timeout: 15_000,
  })
}
