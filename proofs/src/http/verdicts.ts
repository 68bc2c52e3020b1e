import { ConnectorError, OutcomeUnknownError } from '@agent/core'

/** What a caller was told of one write. */
export type Told = 'success' | ConnectorError | Crash

/** An exception that is not of this library. */
export class Crash {
  readonly reason: string

  constructor(error: unknown) {
    this.reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
}

/** What callers were told, held against what the service did. */
export class Verdicts {
  readonly #told = new Map<string, Told>()

  add(title: string, told: Told): void {
    this.#told.set(title, told)
  }

  judge(created: ReadonlyMap<string, number>) {
    const outcomes: Record<string, number> = {}
    const wrong: string[] = []
    let duplicates = 0
    let falseSuccesses = 0
    for (const [title, told] of this.#told) {
      const times = created.get(title) ?? 0
      if (times > 1) duplicates += 1
      if (told instanceof Crash) wrong.push(`not an error of ours: ${told.reason}`)
      if (told === 'success' && times === 0) falseSuccesses += 1
      const label = ConnectorError.isInstance(told) ? told.outcome : told === 'success' ? told : 'crash'
      outcomes[label] = (outcomes[label] ?? 0) + 1
      if (ConnectorError.isInstance(told)) wrong.push(...mislabels(told, times))
    }
    return { calls: this.#told.size, outcomes, duplicates, falseSuccesses, wrong }
  }
}

function mislabels(error: ConnectorError, times: number): string[] {
  const { outcome, code, name, status } = error
  const labelled = `${name} ${code} ${status ?? ''} says ${outcome}`
  if (outcome === 'unknown') {
    return OutcomeUnknownError.isInstance(error) && !error.isRetryable ? [] : [`${labelled}, not as it must`]
  }
  const isApplied = times > 0
  return isApplied === (outcome === 'applied') ? [] : [`${labelled}, applied ${times} times`]
}

/** How a call ended, an exception that is not of this library included. */
export async function told(call: PromiseLike<unknown>): Promise<Told> {
  try {
    await call
    return 'success'
  } catch (error) {
    return ConnectorError.isInstance(error) ? error : new Crash(error)
  }
}
