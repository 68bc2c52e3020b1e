import type { Fault, RequestMatch } from '../emulator.ts'

export interface FaultQueue {
  add(fault: Fault): void
  /** The oldest fault that matches, counted down; undefined when the request should succeed. */
  take(method: string, path: string): Fault | undefined
  clear(): void
}

export function createFaultQueue(): FaultQueue {
  const waiting: { fault: Fault; left: number }[] = []
  return {
    add(fault) {
      const times = fault.times ?? 1
      if (!(times > 0)) throw new RangeError(`A fault's "times" must be at least 1, not ${times}.`)
      waiting.push({ fault, left: times })
    },
    take(method, path) {
      const index = waiting.findIndex(({ fault }) => matches(fault.match, method, path))
      const entry = waiting[index]
      if (!entry) return undefined
      entry.left -= 1
      if (entry.left <= 0) waiting.splice(index, 1)
      return entry.fault
    },
    clear() {
      waiting.length = 0
    },
  }
}

function matches(match: RequestMatch | undefined, method: string, path: string): boolean {
  if (match?.method !== undefined && match.method.toUpperCase() !== method) return false
  if (match?.path === undefined) return true
  // `search` ignores the lastIndex of a global pattern, `test` does not.
  return typeof match.path === 'string' ? match.path === path : path.search(match.path) >= 0
}
