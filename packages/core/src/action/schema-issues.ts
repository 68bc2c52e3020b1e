import type * as z from 'zod'
import type { Issue } from '../errors/connector-error.ts'
import { suggestion } from '../errors/nearest.ts'
import { quote } from '../errors/quote.ts'

/**
 * Zod's issues as path and expectation. Zod's own messages are not used where they could repeat a value;
 * unknown keys get the nearest known one.
 */
export function readIssues(error: z.ZodError, known: readonly string[] = []): Issue[] {
  return error.issues.slice(0, 10).flatMap((issue) => toIssues(issue, known))
}

const printable = (key: string) => quote(key).slice(1, -1)

function toIssues(issue: z.core.$ZodIssue, known: readonly string[]): Issue[] {
  const path = issue.path.map((key) => printable(String(key))).join('.')
  if (issue.code === 'unrecognized_keys') {
    const isTop = issue.path.length === 0
    return issue.keys.slice(0, 5).map((key) => ({
      path: [path, printable(key)].filter(Boolean).join('.'),
      expected: `nothing: it is unknown. ${isTop && known.length > 0 ? suggestion(key, known) : ''}`.trim(),
    }))
  }
  return [{ path, expected: expectation(issue) }]
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'nonoptional' ? 'a value' : issue.expected
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return `${issue.origin} ${issue.inclusive === false ? 'over' : 'of at least'} ${issue.minimum}`
    case 'too_big':
      return `${issue.origin} ${issue.inclusive === false ? 'under' : 'of at most'} ${issue.maximum}`
    case 'invalid_format':
      return issue.format === 'regex' ? 'text of another form' : `text that is a valid ${issue.format}`
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`
    case 'invalid_union':
      return unionExpectation(issue)
    case 'custom':
      return issue.message.replace(/^expected /, '')
    default:
      return 'another value'
  }
}

function unionExpectation(issue: z.core.$ZodIssueInvalidUnion): string {
  const { discriminator, options } = issue as { discriminator?: string; options?: readonly unknown[] }
  if (discriminator !== undefined && options) return `one of ${options.map(String).join(', ')}`
  const alternatives = issue.errors.flatMap((issues) => issues.slice(0, 1).map(expectation))
  return [...new Set(alternatives)].join(' or ') || 'another value'
}

/** "title: expected string; foo: expected nothing". */
export function sentence(issues: readonly Issue[]): string {
  return issues.map(({ path, expected }) => `${path || 'value'}: expected ${expected}`).join('; ')
}
