// The `@agent/source` export condition lets the workspace run from sources without a build. It is taken
// out of every packed manifest, together with what only the workspace needs.
const withoutSource = (target) => {
  if (typeof target !== 'object' || target === null) return target
  return Object.fromEntries(
    Object.entries(target)
      .filter(([condition]) => condition !== '@agent/source')
      .map(([condition, value]) => [condition, withoutSource(value)]),
  )
}

export const hooks = {
  beforePacking(manifest) {
    const { scripts, devDependencies, ...published } = manifest
    if (published.exports) published.exports = withoutSource(published.exports)
    return published
  },
}
