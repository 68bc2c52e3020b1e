/** How keys are named in Redis. The braces make both keys of one credential live in one slot of a cluster. */
export interface KeyNames {
  value(key: string): string
  lock(key: string): string
  /** Matches the keys of values, as SCAN takes it. */
  pattern: string
  /** The key of a value, by its name; undefined where it is none. */
  keyOf(name: string): string | undefined
}

export function keyNames(prefix: string): KeyNames {
  const start = `${prefix}value:{`
  return {
    value: (key) => `${start}${key}}`,
    lock: (key) => `${prefix}lock:{${key}}`,
    pattern: `${start.replace(/[\\*?[\]]/g, String.raw`\$&`)}*}`,
    keyOf: (name) =>
      name.startsWith(start) && name.endsWith('}') ? name.slice(start.length, -1) : undefined,
  }
}
