import { canSee } from '../http/access.ts'
import { GithubError } from '../http/errors.ts'
import { pageOf, pageRequest } from '../http/pagination.ts'
import type { GithubContext, Scope } from '../http/scope.ts'
import { fullName, keyOf } from '../state/lookup.ts'
import type { Repository } from '../state/types.ts'
import { containsText } from './comparisons.ts'
import { invalidSearch, type Query } from './query.ts'

/** Pages beyond this many results are refused, however many there are. */
const mostResults = 1_000

export interface SearchResult {
  total_count: number
  incomplete_results: boolean
  items: unknown[]
}

export function answerSearch<T>(
  c: GithubContext,
  found: readonly T[],
  path: string,
  render: (item: T) => unknown,
): SearchResult {
  const { page, perPage } = pageRequest(c)
  if ((page - 1) * perPage >= mostResults) {
    throw new GithubError(422, 'Only the first 1000 search results are available')
  }
  const items = pageOf(c, found.slice(0, mostResults), path)
  return { total_count: found.length, incomplete_results: false, items: items.map(render) }
}

/** Repositories that the search may look into; 422 when it names only such as are hidden or unknown. */
export function visibleRepositories(scope: Scope, query: Query): Repository[] {
  const visible = [...scope.state.repositories.values()].filter((repository) => canSee(scope, repository))
  const named = query.terms.filter(({ qualifier }) => ['repo', 'org', 'user'].includes(qualifier ?? ''))
  const isKnown = ({ qualifier, value }: (typeof named)[number]): boolean =>
    qualifier === 'repo'
      ? visible.some((repository) => keyOf(fullName(repository)) === keyOf(value))
      : value === '@me' || scope.state.accounts.has(keyOf(value))
  if (named.length > 0 && !named.some(isKnown)) {
    throw invalidSearch(
      'invalid',
      'The listed users and repositories cannot be searched either because the resources do not exist ' +
        'or you do not have permission to view them.',
    )
  }
  return visible
}

/** One, and more for each free word that stands in the title. */
export function wordScore(query: Query, title: string): number {
  const words = query.terms.filter(({ qualifier }) => qualifier === undefined)
  return 1 + words.filter(({ value }) => containsText(title, value)).length
}
