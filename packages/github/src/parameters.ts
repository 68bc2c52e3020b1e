import * as z from 'zod'

/** `owner` and `repo`, which most paths begin with. */
export const repositoryRef = () =>
  z.strictObject({
    owner: z.string().min(1).describe('Account that owns the repository.'),
    repo: z.string().min(1).describe('Name of the repository, without its owner.'),
  })

export const issueRef = () =>
  repositoryRef().extend({
    issue_number: z.int().positive().describe('Number of the issue or pull request.'),
  })

export const state = () =>
  z.enum(['open', 'closed', 'all']).default('open').describe('Which state they are in.')

export const direction = () => z.enum(['asc', 'desc']).optional().describe('Order of the results.')

export const since = () =>
  z.iso
    .datetime({ offset: true })
    .optional()
    .describe('Only what was updated at or after this ISO 8601 time.')

export const labelNames = (description: string) => z.array(z.string().min(1)).describe(description)

/** Title of an issue or a pull request. */
export const title = () => z.string().min(1).max(256).describe('Title.')

/** Text of an issue, a pull request or a comment. */
export const markdown = () => z.string().max(65_536).describe('Text, in Markdown.')

/** A search query that names what it looks for: GitHub refuses one without. */
export function queryFor(kind: 'issue' | 'pr', q: string): string {
  const unquoted = q.replaceAll(/"[^"]*"/g, '')
  if (/(^|[\s(])(is|type):(issue|pr|pull-request)(?![\w-])/i.test(unquoted)) return q
  // OR binds weaker than a space.
  return /\sOR\s/.test(unquoted) ? `(${q}) is:${kind}` : `${q} is:${kind}`
}

export const searchQuery = (example: string) =>
  z.string().min(1).max(4096).describe(`GitHub search query, such as: ${example}`)

export const bestMatch = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values).optional().describe('What to sort by; best match unless told.')
