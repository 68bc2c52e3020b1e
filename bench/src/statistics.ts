export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

/** What each candidate measured, round by round; they take turns, so that a noisy moment hits them all. */
export function takeTurns<Name extends string, Sample>(
  rounds: number,
  names: readonly Name[],
  measure: (name: Name) => Sample,
): Record<Name, Sample[]> {
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Sample[]>
  for (let round = 0; round < rounds; round++) {
    for (const name of names) samples[name].push(measure(name))
  }
  return samples
}
