/** Adds members to an object, getters and setters as such; `Object.assign` would read them once. */
export function withMembers<T extends object, M extends object>(target: T, members: M): T & M {
  return Object.defineProperties(target, Object.getOwnPropertyDescriptors(members)) as T & M
}
