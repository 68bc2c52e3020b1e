import * as z from 'zod'
import { userRef } from '../user.ts'

/** A repository as lists and searches give it. */
export const repository = () =>
  z.object({
    full_name: z.string(),
    name: z.string(),
    owner: userRef().nullish(),
    description: z.string().nullish(),
    private: z.boolean(),
    visibility: z.string().nullish(),
    archived: z.boolean().nullish(),
    fork: z.boolean(),
    html_url: z.string(),
    homepage: z.string().nullish(),
    language: z.string().nullish(),
    topics: z.array(z.string()).nullish(),
    default_branch: z.string().nullish(),
    stargazers_count: z.number().nullish(),
    forks_count: z.number().nullish(),
    open_issues_count: z.number().nullish(),
    created_at: z.string().nullish(),
    updated_at: z.string().nullish(),
    pushed_at: z.string().nullish(),
  })

export type Repository = z.output<ReturnType<typeof repository>>

/** A repository by itself: also what it allows, and what the credential's account may do in it. */
export const repositoryDetails = () =>
  repository().extend({
    clone_url: z.string().nullish(),
    license: z.object({ spdx_id: z.string().nullish(), name: z.string().nullish() }).nullish(),
    parent: z.object({ full_name: z.string() }).nullish(),
    permissions: z
      .object({ admin: z.boolean().nullish(), push: z.boolean().nullish(), pull: z.boolean().nullish() })
      .nullish(),
    ...settingsOf(() => z.boolean().nullish()),
  })

export type RepositoryDetails = z.output<ReturnType<typeof repositoryDetails>>

const switches = {
  has_issues: 'Whether it has issues.',
  has_projects: 'Whether it has projects.',
  has_wiki: 'Whether it has a wiki.',
  has_discussions: 'Whether it has discussions.',
  is_template: 'Whether others can be made from it.',
  allow_merge_commit: 'Whether pull requests can be merged with a merge commit.',
  allow_squash_merge: 'Whether pull requests can be squashed.',
  allow_rebase_merge: 'Whether pull requests can be rebased.',
  allow_auto_merge: 'Whether pull requests can be set to merge themselves.',
  delete_branch_on_merge: 'Whether branches are deleted once merged.',
}

type Switch = keyof typeof switches

function settingsOf<Field extends z.ZodType>(field: (description: string) => Field): Record<Switch, Field> {
  const fields = Object.entries(switches).map(([name, description]) => [name, field(description)])
  return Object.fromEntries(fields) as Record<Switch, Field>
}

/** What can be set when a repository is created and changed later. */
export const repositorySettings = () => ({
  description: z.string().optional().describe('Short description.'),
  homepage: z.string().optional().describe('URL with more information.'),
  private: z.boolean().optional().describe('True for private, false for public.'),
  ...settingsOf((description) => z.boolean().optional().describe(description)),
})

export const repositoryName = () =>
  z.string().min(1).max(100).describe('Name of the repository, without its owner.')
