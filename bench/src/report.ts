import { availableParallelism } from 'node:os'
import type { ImportTime } from './import/import-time.ts'
import { buildsNoSchema, type SchemaCount } from './import/schemas-on-import.ts'
import type { measureWalk } from './walk/measure-walk.ts'

const goal = 1.3

interface Figures {
  imports: { rounds: number; times: ImportTime[] }
  schemas: SchemaCount[]
  walk: Awaited<ReturnType<typeof measureWalk>>
}

/** The figures as a page of the documentation. */
export function report({ imports, schemas, walk }: Figures): string {
  const { fetch, connector, pageBytes } = walk
  const date = new Date().toISOString().slice(0, 10)
  const sections = [
    '# Benchmarks',
    `Measured by \`pnpm bench\` on ${date} with Node ${process.version} on ${process.platform} ${process.arch}, ` +
      `${availableParallelism()} cores. Machines differ and are noisy: the ratios tell, not the milliseconds. Every ` +
      'sample is a fresh process, those to be compared take turns, and the medians are shown.',
    '## Import time',
    `Time of \`await import(…)\` of the built package, ${imports.rounds} processes each, next to that of ky and zod, ` +
      'which are part of it.',
    table(
      ['Imported', 'ms', 'Ratio', 'Goal'],
      imports.times.map(({ name, durationMs, ratio }) => [
        name,
        durationMs.toFixed(1),
        ratio.toFixed(2),
        name === '@agent/github' ? verdict(ratio) : '',
      ]),
    ),
    '## Schemas',
    'Schemas and checks that zod makes when a connector is imported, and when each of its actions is then asked ' +
      'for its input.',
    table(
      ['Connector', 'By the import', 'By its use', 'Goal'],
      schemas.map((count) => [
        count.name,
        String(count.imported),
        String(count.used),
        `0 by the import: ${buildsNoSchema(count) ? 'met' : 'missed'}`,
      ]),
    ),
    '## Walking 10,000 items',
    `\`for await\` over \`github.issues.list\` next to a bare \`fetch\` loop over the same 100 pages of full-size ` +
      `issues (${kilobytes(pageBytes)} KB each), served by another process. Growth is that of the live heap since ` +
      'before the walk, external memory included, collected before each reading: with the text and the parsed page ' +
      'at hand, and in the middle of each page. Drift is what the heap gained between the eleventh page and the ' +
      'end. The time and the resident set are of runs without forced collections.',
    table(
      ['', '`fetch`', 'Connector', 'Ratio', 'Goal'],
      [
        ['Peak heap growth, KB', ...compare(fetch.heapGrowth, connector.heapGrowth, kilobytes, verdict)],
        ['Drift, KB', kilobytes(fetch.drift), kilobytes(connector.drift), '', ''],
        ['Peak resident growth, KB', ...compare(fetch.rssGrowth, connector.rssGrowth, kilobytes)],
        ['Time, ms', ...compare(fetch.durationMs, connector.durationMs, (ms) => ms.toFixed(0))],
      ],
    ),
  ]
  return `${sections.join('\n\n')}\n`
}

function compare(
  base: number,
  value: number,
  format: (value: number) => string,
  judge: (ratio: number) => string = () => '',
): string[] {
  const ratio = value / base
  return [format(base), format(value), ratio.toFixed(2), judge(ratio)]
}

const verdict = (ratio: number) => `≤ ${goal}: ${ratio <= goal ? 'met' : 'missed'}`

const kilobytes = (bytes: number) => (bytes / 1024).toFixed(0)

/** A table laid out as the formatter of the repository would. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((cells) => cells[column]?.length ?? 0)),
  )
  const rule = widths.map((width) => '-'.repeat(width))
  return [head, rule, ...rows]
    .map((cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n')
}
