/** Tests a number or time against `5`, `>5`, `<=5` or `1..5`; times are given as ISO dates. */
export function withinRange(actual: number, range: string, parse: (text: string) => number): boolean {
  const [from, to] = range.split('..')
  if (to !== undefined) {
    return (from === '*' || actual >= parse(from ?? '')) && (to === '*' || actual <= endOf(to, parse))
  }
  const [, sign = '', bound = ''] = /^(>=|<=|>|<)?(.*)$/.exec(range) ?? []
  switch (sign) {
    case '>':
      return actual > endOf(bound, parse)
    case '>=':
      return actual >= parse(bound)
    case '<':
      return actual < parse(bound)
    case '<=':
      return actual <= endOf(bound, parse)
    default:
      return actual >= parse(bound) && actual <= endOf(bound, parse)
  }
}

/** A date without a time lasts until its midnight. */
function endOf(text: string, parse: (text: string) => number): number {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  return parse(text) + (isDay ? 86_399_999 : 0)
}

export function containsText(text: string | null, wanted: string): boolean {
  return text?.toLowerCase().includes(wanted.toLowerCase()) ?? false
}
