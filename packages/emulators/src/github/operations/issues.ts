import { roleIn } from '../http/access.ts'
import { GithubError, validationFailed, type FieldError } from '../http/errors.ts'
import { nextId } from '../state/identifiers.ts'
import { accountOf, keyOf } from '../state/lookup.ts'
import type { GithubState, Issue, LockReason, Repository, StateReason } from '../state/types.ts'
import { labelsNamed } from './labels.ts'

export interface IssueFields {
  title: string
  body?: string | null | undefined
  labels?: readonly string[] | undefined
  assignees?: readonly string[] | undefined
}

export interface IssueChanges extends Omit<IssueFields, 'title'> {
  title?: string | undefined
  state?: 'open' | 'closed' | undefined
  stateReason?: StateReason | null | undefined
}

/** Who acts, and when. */
export interface Deed {
  author: string
  now: number
}

const longestTitle = 256
const longestBody = 65_536

export function createIssue(
  state: GithubState,
  repository: Repository,
  fields: IssueFields,
  { author, now }: Deed,
  number = repository.lastNumber + 1,
): Issue {
  if (!repository.settings.has_issues)
    throw new GithubError(410, 'Issues has been disabled in this repository.')
  return addIssue(state, repository, fields, { author, now }, number)
}

/** An issue or the issue half of a pull request, which needs no issues to be enabled. */
export function addIssue(
  state: GithubState,
  repository: Repository,
  fields: IssueFields,
  { author, now }: Deed,
  number: number,
): Issue {
  checkTexts(fields)
  const issue: Issue = {
    id: nextId(state),
    number,
    title: fields.title,
    body: fields.body ?? null,
    author: accountOf(state, author).login,
    state: 'open',
    stateReason: null,
    labels: [],
    assignees: assignable(state, repository, fields.assignees ?? []),
    locked: false,
    lockReason: null,
    comments: [],
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
    pullRequest: undefined,
  }
  issue.labels = labelsNamed(state, repository, fields.labels ?? [])
  repository.issues.set(number, issue)
  repository.lastNumber = Math.max(repository.lastNumber, number)
  return issue
}

export function updateIssue(
  state: GithubState,
  repository: Repository,
  issue: Issue,
  changes: IssueChanges,
  { author, now }: Deed,
): void {
  checkTexts({ ...changes, title: changes.title ?? issue.title })
  // All that can be refused comes before the first change.
  const assignees = changes.assignees && assignable(state, repository, changes.assignees)
  const labels = changes.labels && labelsNamed(state, repository, changes.labels)
  if (changes.state !== undefined && changes.state !== issue.state) {
    setIssueState(issue, changes.state, changes.stateReason ?? null, { author, now })
  }
  if (changes.title !== undefined) issue.title = changes.title
  if (changes.body !== undefined) issue.body = changes.body
  if (labels) issue.labels = labels
  if (assignees) issue.assignees = assignees
  issue.updatedAt = now
}

function setIssueState(
  issue: Issue,
  to: Issue['state'],
  reason: StateReason | null,
  { author, now }: Deed,
): void {
  if (issue.pullRequest && issue.pullRequest.mergedAt !== null) {
    const message = 'state cannot be changed. The pull request has been merged.'
    throw validationFailed([{ resource: 'Issue', code: 'custom', field: 'state', message }])
  }
  const closes = to === 'closed'
  issue.state = to
  issue.stateReason = issue.pullRequest ? null : closes ? (reason ?? 'completed') : 'reopened'
  issue.closedAt = closes ? now : null
  issue.closedBy = closes ? author : null
}

export function lockIssue(issue: Issue, reason: LockReason | null): void {
  issue.locked = true
  issue.lockReason = reason
}

export function unlockIssue(issue: Issue): void {
  issue.locked = false
  issue.lockReason = null
}

/** Only who has a role of their own in the repository can be assigned. */
function assignable(state: GithubState, repository: Repository, logins: readonly string[]): string[] {
  return logins.map((login) => {
    const account = state.accounts.get(keyOf(login))
    const role = account && roleIn(state, account.login, { ...repository, private: true })
    if (account && role !== 'none') return account.login
    throw validationFailed([{ resource: 'Issue', code: 'invalid', field: 'assignees', value: login }])
  })
}

function checkTexts({ title, body }: { title: string; body?: string | null | undefined }): void {
  const errors: FieldError[] = []
  if (title.trim() === '') errors.push({ resource: 'Issue', code: 'missing_field', field: 'title' })
  if (title.length > longestTitle) errors.push(tooLong('title', longestTitle))
  if (body && body.length > longestBody) errors.push(tooLong('body', longestBody))
  if (errors.length > 0) throw validationFailed(errors)
}

function tooLong(field: string, maximum: number): FieldError {
  const message = `${field} is too long (maximum is ${maximum} characters)`
  return { resource: 'Issue', code: 'custom', field, message }
}
