import { GithubError, validationFailed, type FieldError } from '../http/errors.ts'
import type { PullRequestIssue } from '../render/pull-request.ts'
import { commitSha, nextId } from '../state/identifiers.ts'
import { keyOf } from '../state/lookup.ts'
import type { GithubState, Issue, Repository } from '../state/types.ts'
import { addIssue, type Deed, type IssueFields } from './issues.ts'

export interface PullRequestFields {
  /** `branch` or `owner:branch`. */
  head: string
  base: string
  draft?: boolean | undefined
  maintainerCanModify?: boolean | undefined
}

/** Opens a pull request, or turns the issue that is given instead of texts into one. */
export function createPullRequest(
  state: GithubState,
  repository: Repository,
  content: IssueFields | Issue,
  fields: PullRequestFields,
  deed: Deed,
  number = repository.lastNumber + 1,
): PullRequestIssue {
  const head = checkedHead(repository, fields)
  const issue = 'number' in content ? content : addIssue(state, repository, content, deed, number)
  const branch = repository.branches.get(head)
  const pullRequest = {
    id: nextId(state),
    head: { ref: head, sha: branch?.sha ?? '' },
    base: { ref: fields.base, sha: repository.branches.get(fields.base)?.sha ?? '' },
    draft: fields.draft ?? false,
    mergedAt: null,
    mergedBy: null,
    mergeCommitSha: null,
    mergeable: true,
    maintainerCanModify: fields.maintainerCanModify ?? false,
    requestedReviewers: [],
    commits: 1,
    files: branch?.files ?? [],
    reviews: [],
  }
  return Object.assign(issue, { pullRequest })
}

function checkedHead(repository: Repository, { head, base }: PullRequestFields): string {
  const [, owner, ref = ''] = /^(?:([^:]*):)?(.*)$/.exec(head) ?? []
  const foreign = owner !== undefined && keyOf(owner) !== keyOf(repository.owner)
  const errors: FieldError[] = []
  if (foreign || !repository.branches.has(ref)) errors.push(invalid('head'))
  if (!repository.branches.has(base)) errors.push(invalid('base'))
  if (errors.length === 0 && ref === base) errors.push(custom(`No commits between ${base} and ${ref}`))
  if (errors.length === 0 && hasOpenPullRequest(repository, ref, base)) {
    errors.push(custom(`A pull request already exists for ${repository.owner}:${ref}.`))
  }
  if (errors.length > 0) throw validationFailed(errors)
  return ref
}

function hasOpenPullRequest(repository: Repository, head: string, base: string): boolean {
  for (const { state, pullRequest } of repository.issues.values()) {
    if (state === 'open' && pullRequest?.head.ref === head && pullRequest.base.ref === base) return true
  }
  return false
}

export function baseNamed(repository: Repository, ref: string): PullRequestIssue['pullRequest']['base'] {
  const branch = repository.branches.get(ref)
  if (!branch) throw validationFailed([invalid('base')])
  return { ref, sha: branch.sha }
}

export type MergeMethod = 'merge' | 'squash' | 'rebase'

/** Merges and closes; returns the commit that the merge made. */
export function mergePullRequest(
  repository: Repository,
  issue: PullRequestIssue,
  { sha, method }: { sha: string | undefined; method: MergeMethod },
  { author, now }: Deed,
): string {
  const { pullRequest } = issue
  const open = issue.state === 'open' && !pullRequest.draft && pullRequest.mergeable === true
  if (!open) throw new GithubError(405, 'Pull Request is not mergeable')
  const setting = method === 'merge' ? 'allow_merge_commit' : (`allow_${method}_merge` as const)
  if (!repository.settings[setting]) {
    const kind = { merge: 'Merge commits', squash: 'Squash merges', rebase: 'Rebase merges' }[method]
    throw new GithubError(405, `${kind} are not allowed on this repository.`)
  }
  if (sha !== undefined && sha !== pullRequest.head.sha) {
    throw new GithubError(409, 'Head branch was modified. Review and try the merge again.')
  }
  const mergeCommitSha = commitSha(repository.id, issue.number, 'merge', method)
  Object.assign(pullRequest, { mergedAt: now, mergedBy: author, mergeCommitSha })
  Object.assign(issue, { state: 'closed', closedAt: now, closedBy: author, updatedAt: now })
  repository.pushedAt = now
  return mergeCommitSha
}

function invalid(field: string): FieldError {
  return { resource: 'PullRequest', code: 'invalid', field }
}

function custom(message: string): FieldError {
  return { resource: 'PullRequest', code: 'custom', message }
}
