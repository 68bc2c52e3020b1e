import { GithubError } from '../http/errors.ts'
import type { GithubApp, Scope } from '../http/scope.ts'
import { renderFoundIssue } from '../render/issue.ts'
import { fullName, keyOf } from '../state/lookup.ts'
import type { Issue, Repository } from '../state/types.ts'
import { hasLabel, isAssigned, isInvolved, issueKeys, mentions } from '../routes/issue-filters.ts'
import { containsText, withinRange } from './comparisons.ts'
import { matches, parseQuery, type Query, type Term } from './query.ts'
import { answerSearch, visibleRepositories, wordScore } from './results.ts'

const kinds: Record<string, 'issue' | 'pr' | undefined> = { issue: 'issue', pr: 'pr', 'pull-request': 'pr' }

const qualifiers = new Set([
  ...['repo', 'org', 'user', 'is', 'type', 'state', 'reason', 'label', 'author', 'assignee', 'in', 'no'],
  ...['commenter', 'involves', 'mentions', 'comments', 'created', 'updated', 'closed', 'draft', 'archived'],
])

export function serveIssueSearch(app: GithubApp): void {
  app.get('/search/issues', (c) => {
    const scope = c.get('scope')
    const query = parseQuery(c.req.query('q') ?? '', qualifiers)
    if (!query.terms.some(({ qualifier, value }) => isKindQualifier(qualifier) && kinds[keyOf(value)])) {
      throw new GithubError(422, "Query must include 'is:issue' or 'is:pull-request'")
    }
    const places = placesOf(query)
    const found: { repository: Repository; issue: Issue; score: number }[] = []
    for (const repository of visibleRepositories(scope, query)) {
      for (const issue of repository.issues.values()) {
        const test = (term: Term): boolean => fits(scope, repository, issue, term, places)
        if (!matches(query.expression, test)) continue
        found.push({ repository, issue, score: wordScore(query, issue.title) })
      }
    }
    const sort = c.req.query('sort') ?? ''
    const key = sort in issueKeys ? issueKeys[sort as keyof typeof issueKeys] : undefined
    const sign = key && c.req.query('order') === 'asc' ? 1 : -1
    found.sort((a, b) => {
      const first = key ? key(a.issue) - key(b.issue) : a.score - b.score
      return sign * (first || a.issue.createdAt - b.issue.createdAt || a.issue.id - b.issue.id)
    })
    const result = answerSearch(c, found, '/search/issues', ({ repository, issue, score }) =>
      renderFoundIssue(scope, repository, issue, score),
    )
    // After `items`: the official client takes the first member that is left for the list.
    return c.json({ ...result, search_type: 'lexical' })
  })
}

function isKindQualifier(qualifier: string | undefined): boolean {
  return qualifier === 'is' || qualifier === 'type'
}

/** Where free words are looked for. */
function placesOf(query: Query): readonly string[] {
  const named = query.terms
    .filter(({ qualifier }) => qualifier === 'in')
    .flatMap(({ value }) => value.split(','))
  return named.length > 0 ? named : ['title', 'body', 'comments']
}

function fits(
  scope: Scope,
  repository: Repository,
  issue: Issue,
  term: Term,
  places: readonly string[],
): boolean {
  const { qualifier } = term
  const value = term.value === '@me' ? (scope.viewer?.account.login ?? '') : term.value
  const isAuthor = (one: { author: string }): boolean => keyOf(one.author) === keyOf(value)
  switch (qualifier) {
    case undefined:
      return hasText(issue, value, places)
    case 'repo':
      return keyOf(value) === keyOf(fullName(repository))
    case 'org':
    case 'user':
      return keyOf(value) === keyOf(repository.owner)
    case 'is':
    case 'type':
      return isOf(repository, issue, keyOf(value))
    case 'state':
      return issue.state === keyOf(value)
    case 'reason':
      return issue.stateReason?.replace('_', ' ') === keyOf(value).replace('_', ' ')
    case 'label':
      return value.split(',').some((name) => hasLabel(issue, name))
    case 'author':
      return isAuthor(issue)
    case 'assignee':
      return isAssigned(issue, value)
    case 'commenter':
      return issue.comments.some(isAuthor)
    case 'involves':
      return isInvolved(issue, value)
    case 'mentions':
      return mentions(issue, value)
    case 'no':
      return value === 'label' ? issue.labels.length === 0 : value !== 'assignee' || isAssigned(issue, 'none')
    case 'draft':
      return issue.pullRequest?.draft === (value === 'true')
    case 'archived':
      return repository.archived === (value === 'true')
    case 'comments':
      return withinRange(issue.comments.length, value, Number)
    case 'created':
      return withinRange(issue.createdAt, value, Date.parse)
    case 'updated':
      return withinRange(issue.updatedAt, value, Date.parse)
    case 'closed':
      return issue.closedAt !== null && withinRange(issue.closedAt, value, Date.parse)
    default:
      return true
  }
}

function hasText(issue: Issue, wanted: string, places: readonly string[]): boolean {
  if (places.includes('title') && containsText(issue.title, wanted)) return true
  if (places.includes('body') && containsText(issue.body, wanted)) return true
  return places.includes('comments') && issue.comments.some(({ body }) => containsText(body, wanted))
}

function isOf(repository: Repository, issue: Issue, property: string): boolean {
  const { pullRequest } = issue
  const kind = kinds[property]
  if (kind) return kind === (pullRequest ? 'pr' : 'issue')
  switch (property) {
    case 'merged':
      return pullRequest?.mergedAt !== null && pullRequest !== undefined
    case 'unmerged':
      return pullRequest?.mergedAt === null
    case 'draft':
      return pullRequest?.draft === true
    case 'locked':
      return issue.locked
    case 'unlocked':
      return !issue.locked
    case 'private':
    case 'public':
      return repository.private === (property === 'private')
    default:
      return issue.state === property
  }
}
