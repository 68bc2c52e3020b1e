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

export const direction = () => z.enum(['asc', 'desc']).optional().describe('Order of the results.')

export const since = () =>
  z.iso
    .datetime({ offset: true })
    .optional()
    .describe('Only what was updated at or after this ISO 8601 time.')

/** A search query that names what it looks for: GitHub refuses one without. */
export function queryFor(kind: 'issue' | 'pr', q: string): string {
  return /(^|\s)(is|type):(issue|pr|pull-request)\b/i.test(q) ? q : `${q} is:${kind}`
}

export const searchQuery = (example: string) =>
  z.string().min(1).max(256).describe(`GitHub search query, such as: ${example}`)
