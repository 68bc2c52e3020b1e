import { isLegacy, type Scope } from '../http/scope.ts'
import { nodeId } from '../state/identifiers.ts'
import { fullName } from '../state/lookup.ts'
import type { ChangedFile, Issue, PullRequest, Repository, Review } from '../state/types.ts'
import { simpleUser, simpleUsers } from './account.ts'
import { associationOf, issueUrl, pageUrl, sharedMembers } from './issue.ts'
import { embeddedRepository, repositoryUrl } from './repository.ts'
import { isoTime, isoTimeOrNull, type Json } from './values.ts'

/** An issue that is a pull request. */
export type PullRequestIssue = Issue & { pullRequest: PullRequest }

export function isPullRequest(issue: Issue): issue is PullRequestIssue {
  return issue.pullRequest !== undefined
}

/** The form of lists, without what takes work to compute. */
export function simplePullRequest(scope: Scope, repository: Repository, issue: PullRequestIssue): Json {
  const { pullRequest } = issue
  const root = repositoryUrl(scope, repository)
  const url = `${root}/pulls/${issue.number}`
  const page = pageUrl(scope, repository, issue)
  const urls = {
    url,
    html_url: page,
    issue_url: issueUrl(scope, repository, issue),
    comments_url: `${issueUrl(scope, repository, issue)}/comments`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${root}/pulls/comments{/number}`,
    statuses_url: `${root}/statuses/${pullRequest.head.sha}`,
  }
  return {
    ...urls,
    id: pullRequest.id,
    node_id: nodeId('PR', pullRequest.id),
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    ...sharedMembers(scope, repository, issue),
    merged_at: isoTimeOrNull(pullRequest.mergedAt),
    ...(isLegacy(scope) ? { merge_commit_sha: pullRequest.mergeCommitSha } : {}),
    requested_reviewers: simpleUsers(scope, pullRequest.requestedReviewers),
    requested_teams: [],
    draft: pullRequest.draft,
    head: renderRef(scope, repository, pullRequest.head),
    base: renderRef(scope, repository, pullRequest.base),
    _links: linksOf(urls),
    auto_merge: null,
  }
}

export function fullPullRequest(scope: Scope, repository: Repository, issue: PullRequestIssue): Json {
  const { pullRequest } = issue
  const { mergeable, files } = pullRequest
  return {
    ...simplePullRequest(scope, repository, issue),
    merged: pullRequest.mergedAt !== null,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: mergeable === null ? 'unknown' : mergeable ? 'clean' : 'dirty',
    merged_by: pullRequest.mergedBy === null ? null : simpleUser(scope, pullRequest.mergedBy),
    comments: issue.comments.length,
    review_comments: 0,
    maintainer_can_modify: pullRequest.maintainerCanModify,
    commits: pullRequest.commits,
    additions: sum(files.map((file) => file.additions)),
    deletions: sum(files.map((file) => file.deletions)),
    changed_files: files.length,
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function renderRef(scope: Scope, repository: Repository, { ref, sha }: PullRequest['head']): Json {
  return {
    label: `${repository.owner}:${ref}`,
    ref,
    sha,
    user: simpleUser(scope, repository.owner),
    repo: embeddedRepository(scope, repository),
  }
}

const linkNames: [string, string][] = [
  ['self', 'url'],
  ['html', 'html_url'],
  ['issue', 'issue_url'],
  ['comments', 'comments_url'],
  ['review_comments', 'review_comments_url'],
  ['review_comment', 'review_comment_url'],
  ['commits', 'commits_url'],
  ['statuses', 'statuses_url'],
]

function linksOf(urls: Record<string, string>): Json {
  return Object.fromEntries(linkNames.map(([name, member]) => [name, { href: urls[member] }]))
}

export function renderFile(
  scope: Scope,
  repository: Repository,
  pullRequest: PullRequest,
  file: ChangedFile,
): Json {
  const { filename, status, additions, deletions, patch, previousFilename } = file
  const { sha } = pullRequest.head
  const page = `${scope.webRoot}/${fullName(repository)}`
  const path = encodeURI(filename)
  return {
    sha,
    filename,
    status,
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${page}/blob/${sha}/${path}`,
    raw_url: `${page}/raw/${sha}/${path}`,
    contents_url: `${repositoryUrl(scope, repository)}/contents/${path}?ref=${sha}`,
    ...(patch === undefined ? {} : { patch }),
    ...(previousFilename === undefined ? {} : { previous_filename: previousFilename }),
  }
}

export function renderReview(
  scope: Scope,
  repository: Repository,
  issue: PullRequestIssue,
  review: Review,
): Json {
  const page = `${pageUrl(scope, repository, issue)}#pullrequestreview-${review.id}`
  const pullRequestUrl = `${repositoryUrl(scope, repository)}/pulls/${issue.number}`
  return {
    id: review.id,
    node_id: nodeId('PRR', review.id),
    user: simpleUser(scope, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: pullRequestUrl,
    author_association: associationOf(scope, repository, review.author),
    _links: { html: { href: page }, pull_request: { href: pullRequestUrl } },
    ...(review.state === 'PENDING' ? {} : { submitted_at: isoTime(review.submittedAt) }),
    commit_id: issue.pullRequest.head.sha,
  }
}
