import { runChild } from '../run-child.ts'
import { median, takeTurns } from '../statistics.ts'

const rounds = 21

const base = 'ky and zod'
const packages = ['@agent/core', '@agent/github', '@agent/hubspot']

export interface ImportTime {
  name: string
  durationMs: number
  ratio: number
}

/** Median time of importing each package in a fresh process, and its ratio to that of ky and zod alone. */
export function measureImports(): { rounds: number; times: ImportTime[] } {
  const samples = takeTurns(rounds, [base, ...packages], importMs)
  const baseMs = median(samples[base] ?? [])
  const times = Object.entries(samples).map(([name, durations]) => {
    const durationMs = median(durations)
    return { name, durationMs, ratio: durationMs / baseMs }
  })
  return { rounds, times }
}

function importMs(name: string): number {
  const imports = (name === base ? ['ky', 'zod'] : [name]).map((specifier) => `await import('${specifier}')`)
  const source = `const t = performance.now();${imports.join(';')};console.log(performance.now() - t)`
  return runChild(['--input-type=module', '--eval', source]) as number
}
