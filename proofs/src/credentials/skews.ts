import { manyProcesses, type ManyProcessesOptions, type ManyProcessesResult } from './many-processes.ts'
import type { StoreKind } from './stores.ts'

const minute = 60_000
const off = 10 * minute

export interface SkewsResult extends ManyProcessesResult {
  clocks: string
}

/**
 * Clocks that are ten minutes off, with tokens that live for five. Processes that share files share a machine and
 * its clock; those that share a database may each be off in their own way.
 */
export async function skews(
  kind: StoreKind,
  options: Pick<ManyProcessesOptions, 'processes' | 'expiries' | 'calls' | 'concurrency'>,
): Promise<SkewsResult[]> {
  const isOneMachine = kind === 'file' || kind === 'sqlite'
  const clocks: Readonly<Record<string, number[]>> = isOneMachine
    ? { '10 minutes behind': [-off], '10 minutes ahead': [off] }
    : { '10 minutes apart, three ways': [-off, 0, off] }
  const results: SkewsResult[] = []
  for (const [name, skewsMs] of Object.entries(clocks)) {
    results.push({ clocks: name, ...(await manyProcesses(kind, { ...options, skewsMs, expiresIn: 300 })) })
  }
  return results
}
