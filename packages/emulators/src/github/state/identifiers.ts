import { createHash } from 'node:crypto'
import type { GithubState } from './types.ts'

export function nextId(state: GithubState): number {
  state.lastId += 1
  return state.lastId
}

/** A global id in the vendor's form: a type prefix and an opaque text. */
export function nodeId(prefix: string, id: number): string {
  return `${prefix}_kwDO${Buffer.from(String(id)).toString('base64url')}`
}

/** A commit id that depends on nothing but its parts. */
export function commitSha(...parts: (string | number)[]): string {
  return createHash('sha1').update(parts.join('\n')).digest('hex')
}
