/** `target` with parameters added to its query; undefined ones are left out. */
export function redirectWith(target: string, parameters: Record<string, string | undefined>): string {
  const url = new URL(target)
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  return url.href
}
