import { roleIn } from '../http/access.ts'
import { isLegacy, type Scope } from '../http/scope.ts'
import { nodeId } from '../state/identifiers.ts'
import { fullName, keyOf } from '../state/lookup.ts'
import type { Comment, Issue, Label, Repository } from '../state/types.ts'
import { simpleUser, simpleUsers } from './account.ts'
import { embeddedRepository, repositoryUrl } from './repository.ts'
import { isoTime, isoTimeOrNull, type Json } from './values.ts'

export function renderLabel(scope: Scope, repository: Repository, label: Label): Json {
  return {
    id: label.id,
    node_id: nodeId('LA', label.id),
    url: `${repositoryUrl(scope, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: label.default,
    description: label.description,
  }
}

export function renderLabels(scope: Scope, repository: Repository, labels: readonly Label[]): Json[] {
  return labels.map((label) => renderLabel(scope, repository, label))
}

export function issueUrl(scope: Scope, repository: Repository, issue: Issue): string {
  return `${repositoryUrl(scope, repository)}/issues/${issue.number}`
}

/** The page of an issue or a pull request. */
export function pageUrl(scope: Scope, repository: Repository, issue: Issue): string {
  const kind = issue.pullRequest ? 'pull' : 'issues'
  return `${scope.webRoot}/${fullName(repository)}/${kind}/${issue.number}`
}

/** Members that issues and pull requests have in common. */
export function sharedMembers(scope: Scope, repository: Repository, issue: Issue): Json {
  const assignees = simpleUsers(scope, issue.assignees)
  return {
    number: issue.number,
    title: issue.title,
    user: simpleUser(scope, issue.author),
    labels: renderLabels(scope, repository, issue.labels),
    state: issue.state,
    locked: issue.locked,
    ...(isLegacy(scope) ? { assignee: assignees[0] ?? null } : {}),
    assignees,
    milestone: null,
    created_at: isoTime(issue.createdAt),
    updated_at: isoTime(issue.updatedAt),
    closed_at: isoTimeOrNull(issue.closedAt),
    author_association: associationOf(scope, repository, issue.author),
    active_lock_reason: issue.lockReason,
    body: issue.body,
  }
}

export function renderIssue(scope: Scope, repository: Repository, issue: Issue): Json {
  const url = issueUrl(scope, repository, issue)
  const { pullRequest } = issue
  return {
    url,
    repository_url: repositoryUrl(scope, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: pageUrl(scope, repository, issue),
    id: issue.id,
    node_id: nodeId(pullRequest ? 'PR' : 'I', pullRequest?.id ?? issue.id),
    ...sharedMembers(scope, repository, issue),
    comments: issue.comments.length,
    type: null,
    sub_issues_summary: { total: 0, completed: 0, percent_completed: 0 },
    issue_dependencies_summary: { blocked_by: 0, total_blocked_by: 0, blocking: 0, total_blocking: 0 },
    ...(pullRequest ? pullRequestMembers(scope, repository, issue) : {}),
    closed_by: issue.closedBy === null ? null : simpleUser(scope, issue.closedBy),
    reactions: reactionsOf(url),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    pinned_comment: null,
    state_reason: issue.stateReason,
  }
}

/** The form of lists that go over several repositories. */
export function renderIssueWithRepository(scope: Scope, repository: Repository, issue: Issue): Json {
  return { ...renderIssue(scope, repository, issue), repository: embeddedRepository(scope, repository) }
}

export function renderFoundIssue(scope: Scope, repository: Repository, issue: Issue, score: number): Json {
  const found = renderIssue(scope, repository, issue)
  delete found['closed_by']
  return { ...found, score }
}

function pullRequestMembers(scope: Scope, repository: Repository, issue: Issue): Json {
  const page = pageUrl(scope, repository, issue)
  const { draft = false, mergedAt = null } = issue.pullRequest ?? {}
  const pullRequest = {
    url: `${repositoryUrl(scope, repository)}/pulls/${issue.number}`,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    merged_at: isoTimeOrNull(mergedAt),
  }
  return { draft, pull_request: pullRequest }
}

export function renderComment(scope: Scope, repository: Repository, comment: Comment): Json {
  const root = repositoryUrl(scope, repository)
  const url = `${root}/issues/comments/${comment.id}`
  const issue = repository.issues.get(comment.issueNumber)
  return {
    url,
    html_url: `${issue ? pageUrl(scope, repository, issue) : ''}#issuecomment-${comment.id}`,
    issue_url: `${root}/issues/${comment.issueNumber}`,
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    user: simpleUser(scope, comment.author),
    created_at: isoTime(comment.createdAt),
    updated_at: isoTime(comment.updatedAt),
    body: comment.body,
    author_association: associationOf(scope, repository, comment.author),
    reactions: reactionsOf(url),
    performed_via_github_app: null,
    pin: null,
    minimized: null,
  }
}

/** How an author relates to a repository. */
export function associationOf(scope: Scope, repository: Repository, login: string): string {
  if (keyOf(login) === keyOf(repository.owner)) return 'OWNER'
  if (scope.state.accounts.get(keyOf(repository.owner))?.members.has(keyOf(login)) === true) return 'MEMBER'
  if (repository.collaborators.has(keyOf(login))) return 'COLLABORATOR'
  return roleIn(scope.state, login, repository) === 'none' ? 'NONE' : 'CONTRIBUTOR'
}

function reactionsOf(url: string): Json {
  const kinds = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes']
  return {
    url: `${url}/reactions`,
    total_count: 0,
    ...Object.fromEntries(kinds.map((kind) => [kind, 0])),
  }
}
