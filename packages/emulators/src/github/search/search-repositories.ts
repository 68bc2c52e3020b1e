import type { GithubApp } from '../http/scope.ts'
import { foundRepository } from '../render/repository.ts'
import { fullName, keyOf } from '../state/lookup.ts'
import type { Repository } from '../state/types.ts'
import { containsText, withinRange } from './comparisons.ts'
import { matches, parseQuery, type Term } from './query.ts'
import { answerSearch, visibleRepositories, wordScore } from './results.ts'

const qualifiers = new Set([
  ...[
    'repo',
    'org',
    'user',
    'is',
    'in',
    'language',
    'topic',
    'archived',
    'stars',
    'fork',
    'created',
    'pushed',
  ],
])

export function serveRepositorySearch(app: GithubApp): void {
  app.get('/search/repositories', (c) => {
    const scope = c.get('scope')
    const query = parseQuery(c.req.query('q') ?? '', qualifiers)
    const found = visibleRepositories(scope, query)
      .filter((repository) => matches(query.expression, (term) => fits(repository, term)))
      .map((repository) => ({ repository, score: wordScore(query, repository.name) }))
    const sort = c.req.query('sort')
    const sign = sort !== undefined && c.req.query('order') === 'asc' ? 1 : -1
    const keyOfResult = ({ repository, score }: (typeof found)[number]): number =>
      sort === 'stars' ? repository.stars : sort === 'updated' ? repository.updatedAt : score
    found.sort((a, b) => sign * (keyOfResult(a) - keyOfResult(b) || a.repository.id - b.repository.id))
    return c.json(
      answerSearch(c, found, '/search/repositories', ({ repository, score }) =>
        foundRepository(scope, repository, score),
      ),
    )
  })
}

function fits(repository: Repository, { qualifier, value }: Term): boolean {
  switch (qualifier) {
    case undefined:
      return [repository.name, repository.description, ...repository.topics].some((text) =>
        containsText(text, value),
      )
    case 'repo':
      return keyOf(value) === keyOf(fullName(repository))
    case 'org':
    case 'user':
      return keyOf(value) === keyOf(repository.owner)
    case 'is':
      return value !== 'private' && value !== 'public' ? true : repository.private === (value === 'private')
    case 'language':
      return keyOf(value) === keyOf(repository.language ?? '')
    case 'topic':
      return repository.topics.includes(keyOf(value))
    case 'archived':
      return repository.archived === (value === 'true')
    case 'stars':
      return withinRange(repository.stars, value, Number)
    case 'created':
      return withinRange(repository.createdAt, value, Date.parse)
    case 'pushed':
      return withinRange(repository.pushedAt, value, Date.parse)
    default:
      return true
  }
}
