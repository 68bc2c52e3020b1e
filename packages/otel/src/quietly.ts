/** What watches a call must not break it, nor keep the rest from watching. Undefined where it failed. */
export function quietly<T>(work: () => T): T | undefined {
  try {
    const result = work()
    if (result instanceof Promise) void result.catch(() => undefined)
    return result
  } catch {
    return undefined
  }
}
