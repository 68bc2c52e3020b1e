import type * as z from 'zod'
import type { Issue } from '../errors/connector-error.ts'
import { suggestion } from '../errors/nearest.ts'
import { quote } from '../errors/quote.ts'

/**
 * Zod's issues as path and expectation, in Zod's words, which name types and bounds, never values; an unknown
 * parameter gets the nearest known one. Without `known`, paths are as they came, not yet safe to print.
 */
export function readIssues(error: z.ZodError, known?: readonly string[]): Issue[] {
  return error.issues.slice(0, 10).flatMap((issue) => toIssues(issue, known))
}

/** A name that someone else chose, safe to print. */
export const printable = (key: PropertyKey) => quote(String(key)).slice(1, -1)

function toIssues(issue: z.core.$ZodIssue, known?: readonly string[]): Issue[] {
  const path = issue.path.map(known ? printable : String)
  if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), expected: expectation(issue) }]
  return issue.keys.slice(0, 5).map((key) => {
    const isTop = known && path.length === 0 && known.length > 0
    const expected = isTop ? `no such parameter (${suggestion(key, known)})` : 'no such parameter'
    return { path: [...path, printable(key)].join('.'), expected }
  })
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const alternatives = issue.errors.flatMap((issues) => issues.slice(0, 1).map(expectation))
    return [...new Set(alternatives)].join(' or ')
  }
  if (issue.code === 'invalid_union') {
    const { options } = issue as { options?: readonly unknown[] }
    if (options) return `one of ${options.join('|')}`
  }
  const [, expected = issue.message] = /expected (.*)/.exec(issue.message) ?? []
  return expected
    .replaceAll('"', '')
    .replace(/^Invalid /, 'a valid ')
    .replace(/, received \w+$/, '')
}

/** "title: expected string; state: expected one of …". */
export function sentence(issues: readonly Issue[]): string {
  return issues.map(({ path, expected }) => `${path || 'value'}: expected ${expected}`).join('; ')
}
