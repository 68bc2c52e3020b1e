import { invisible } from '../errors/invisible.ts'
import { ValidationError } from '../errors/errors.ts'

/** A path whose parameters are encoded and checked. Only the {@link path} tag makes one. */
export class Path {
  readonly value: string

  constructor(value: string) {
    this.value = value
  }
}

/**
 * A request path: literal text as it stands, parameters percent-encoded. Throws ValidationError
 * (`INPUT_INVALID`) for a parameter that is empty, `.`, `..`, or holds a control character, an invisible
 * character or half a surrogate pair.
 *
 * @example path`/repos/${owner}/${repo}/issues/${issue_number}`
 */
export function path(literals: TemplateStringsArray, ...parameters: (string | number)[]): Path {
  const segments = parameters.map((parameter, index) => encode(parameter, literals[index] ?? ''))
  return new Path(literals.map((literal, index) => literal + (segments[index] ?? '')).join(''))
}

function encode(parameter: string | number, before: string): string {
  const text = String(parameter)
  const problem = problemOf(text)
  if (problem === undefined) return encodeURIComponent(text)
  const position = before.split('/').at(-2) ?? ''
  throw new ValidationError(`Invalid path parameter after "${position}": it ${problem}.`, {
    code: 'INPUT_INVALID',
    outcome: 'not_sent',
    hint: 'Give the plain identifier, as the service shows it.',
    issues: [{ path: position, expected: 'a plain identifier' }],
  })
}

function problemOf(text: string): string | undefined {
  if (text === '') return 'is empty'
  if (text === '.' || text === '..') return 'is "." or ".."'
  if (!text.isWellFormed()) return 'holds half a surrogate pair'
  if (text.search(invisible) >= 0) return 'holds a control or invisible character'
  return undefined
}
