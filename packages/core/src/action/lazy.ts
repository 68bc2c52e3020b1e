/** The factory's result, made on the first call and kept. */
export function lazy<T>(factory: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: factory() }).value
}
