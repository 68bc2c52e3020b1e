import type { Report } from './report.ts'

/** The names that an option lists, all that there are unless given. Ends the process with 2 for one unknown. */
export function chosenFrom<Name extends string>(
  what: string,
  given: string | undefined,
  known: readonly Name[],
): readonly Name[] {
  const names = given?.split(',') ?? known
  const unknown = names.filter((name) => !(known as readonly string[]).includes(name))
  if (unknown.length === 0) return known.filter((name) => names.includes(name))
  console.error(`Unknown ${what}: ${unknown.join(', ')}. Known: ${known.join(', ')}.`)
  process.exit(2)
}

/** Runs proofs one after the other and tells whether all figures are right, by the exit code too. */
export async function runProofs(report: Report, proofs: readonly (() => Promise<void>)[]): Promise<void> {
  for (const prove of proofs) await prove()
  console.log(`\n${report.hasFailed ? 'Not all' : 'All'} figures are as they must be.`)
  process.exitCode = report.hasFailed ? 1 : 0
}
