/** The properties that have a value. */
export function defined<T extends object>(properties: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const present = Object.entries(properties).filter(([, value]) => value !== undefined)
  return Object.fromEntries(present) as { [K in keyof T]: Exclude<T[K], undefined> }
}
