import {
  canSee,
  demandGrant,
  installationOf,
  needs,
  openForWriting,
  openRepository,
  requireUser,
  roleIn,
} from '../http/access.ts'
import { created } from '../http/answers.ts'
import { flag, nullable, oneOf, readBody, required, text, type Body } from '../http/body.ts'
import { forbidden, notFound, validationFailed } from '../http/errors.ts'
import { pageOf } from '../http/pagination.ts'
import { choice, textInPath, timeQuery } from '../http/query.ts'
import type { GithubApp, GithubContext, Scope } from '../http/scope.ts'
import { createRepository, updateRepository, type RepositoryChanges } from '../operations/repositories.ts'
import { embeddedRepository, fullRepository, minimalRepository } from '../render/repository.ts'
import { fullName, keyOf } from '../state/lookup.ts'
import { settingNames, type RepositorySettings } from '../state/repository-settings.ts'
import type { Account, Repository } from '../state/types.ts'

const resource = 'Repository'
const settingsShape = Object.fromEntries(settingNames.map((name) => [name, flag])) as Record<
  keyof RepositorySettings,
  typeof flag
>
const createShape = {
  name: text,
  description: nullable(text),
  homepage: nullable(text),
  private: flag,
  visibility: oneOf('public', 'private'),
  ...settingsShape,
}
const updateShape = { ...createShape, archived: flag, default_branch: text }

export function serveRepositories(app: GithubApp): void {
  app.get('/repos/:owner/:repo', (c) => {
    const { scope, repository } = openRepository(c, needs.metadata)
    return c.json(fullRepository(scope, repository))
  })

  app.patch('/repos/:owner/:repo', async (c) => {
    const { scope, repository } = openForWriting(c, needs.administer)
    const body = await readBody(c, updateShape)
    const { archived, default_branch: defaultBranch } = body
    if (repository.archived && archived !== false) throw forbidden('Repository was archived so is read-only.')
    const changes = { ...changesIn(body), archived, defaultBranch }
    updateRepository(scope.state, repository, changes, scope.now)
    return c.json(fullRepository(scope, repository))
  })

  app.get('/user/repos', (c) => c.json(listOwn(c)))

  app.get('/users/:username/repos', (c) => {
    const scope = c.get('scope')
    const account = accountNamed(scope, textInPath(c, 'username'))
    const type = choice(c, resource, 'type', ['owner', 'all', 'member'])
    const found = [...scope.state.repositories.values()].filter((repository) => {
      if (repository.private) return false
      const owns = repository.owner === account.login
      const joined = repository.collaborators.has(keyOf(account.login))
      return type === 'owner' ? owns : type === 'member' ? joined : owns || joined
    })
    const page = pageOf(c, sortRepositories(c, found, 'full_name'), `/users/${account.login}/repos`)
    return c.json(page.map((repository) => minimalRepository(scope, repository)))
  })

  app.get('/orgs/:org/repos', (c) => {
    const scope = c.get('scope')
    const account = organizationNamed(scope, textInPath(c, 'org'))
    const type = choice(c, resource, 'type', ['all', 'public', 'private', 'forks', 'sources', 'member'])
    const found = [...scope.state.repositories.values()].filter((repository) => {
      if (repository.owner !== account.login || !canSee(scope, repository)) return false
      return type === 'private'
        ? repository.private
        : type === 'public'
          ? !repository.private
          : type !== 'forks'
    })
    const page = pageOf(c, sortRepositories(c, found, 'created'), `/orgs/${account.login}/repos`)
    return c.json(page.map((repository) => minimalRepository(scope, repository)))
  })

  app.post('/user/repos', async (c) => {
    const scope = c.get('scope')
    const body = await readBody(c, createShape)
    demandCreation(scope, body)
    return create(c, body, requireUser(scope).account.login)
  })

  app.post('/orgs/:org/repos', async (c) => {
    const scope = c.get('scope')
    const body = await readBody(c, createShape)
    const viewer = demandCreation(scope, body)
    const account = organizationNamed(scope, textInPath(c, 'org'))
    const isInstalled = installationOf(scope.state, viewer.token)?.account === account.login
    if (!isInstalled && !account.members.has(keyOf(viewer.account.login))) {
      throw forbidden('You need admin access to the organization before adding a repository to it.')
    }
    return create(c, body, account.login)
  })
}

type RepositoryBody = Body<typeof createShape>

function demandCreation(scope: Scope, body: RepositoryBody): ReturnType<typeof demandGrant> {
  const scopes = isPrivate(body) === true ? ['repo'] : ['public_repo', 'repo']
  return demandGrant(scope, ['administration=write'], scopes)
}

function create(c: GithubContext, body: RepositoryBody, owner: string): Response {
  const scope = c.get('scope')
  const fields = { ...changesIn(body), name: required(body.name, 'name') }
  const repository = createRepository(scope.state, owner, fields, scope.now)
  return created(c, fullRepository(scope, repository))
}

function isPrivate(body: RepositoryBody): boolean | undefined {
  return body.visibility === undefined ? body.private : body.visibility === 'private'
}

function changesIn(body: RepositoryBody): RepositoryChanges {
  const { name, description, homepage } = body
  const settings: Partial<RepositorySettings> = {}
  for (const setting of settingNames) {
    const value = body[setting]
    if (value !== undefined) settings[setting] = value
  }
  return { name, description, homepage, private: isPrivate(body), settings }
}

function listOwn(c: GithubContext): unknown[] {
  const scope = c.get('scope')
  const { login } = requireUser(scope).account
  if (
    c.req.query('type') !== undefined &&
    (c.req.query('visibility') ?? c.req.query('affiliation')) !== undefined
  ) {
    const message = 'If you specify visibility or affiliation, you cannot specify type.'
    throw validationFailed([{ resource, code: 'custom', field: 'type', message }])
  }
  const type = choice(c, resource, 'type', ['all', 'owner', 'public', 'private', 'member'])
  const visibility = choice(c, resource, 'visibility', ['all', 'public', 'private'])
  const affiliations = (c.req.query('affiliation') ?? 'owner,collaborator,organization_member').split(',')
  const since = timeQuery(c, resource, 'since') ?? -Infinity
  const before = timeQuery(c, resource, 'before') ?? Infinity

  const found = [...scope.state.repositories.values()].filter((repository) => {
    const affiliation = affiliationOf(scope, repository, login)
    if (affiliation === undefined || !canSee(scope, repository)) return false
    const hidden = repository.private
    if ([type, visibility].includes(hidden ? 'public' : 'private')) return false
    if (type === 'owner' && affiliation !== 'owner') return false
    if (type === 'member' && affiliation === 'owner') return false
    return affiliations.includes(affiliation) && repository.updatedAt > since && repository.updatedAt < before
  })
  const page = pageOf(c, sortRepositories(c, found, 'full_name'), '/user/repos')
  return page.map((repository) => embeddedRepository(scope, repository))
}

/** How an account comes to a repository; undefined where it has no part in it. */
export function affiliationOf(scope: Scope, repository: Repository, login: string): string | undefined {
  if (repository.owner === login) return 'owner'
  if (repository.collaborators.has(keyOf(login))) return 'collaborator'
  const alone = { ...repository, private: true }
  return roleIn(scope.state, login, alone) === 'none' ? undefined : 'organization_member'
}

const sorts = ['full_name', 'created', 'updated', 'pushed'] as const

function sortRepositories(
  c: GithubContext,
  repositories: Repository[],
  fallback: 'full_name' | 'created',
): Repository[] {
  const sort = choice(c, resource, 'sort', [fallback, ...sorts])
  const direction = c.req.query('direction') ?? (sort === 'full_name' ? 'asc' : 'desc')
  const sign = direction === 'desc' ? -1 : 1
  const times = { created: 'createdAt', updated: 'updatedAt', pushed: 'pushedAt' } as const
  return repositories.sort((a, b) => {
    const byName = fullName(a).localeCompare(fullName(b))
    return sign * (sort === 'full_name' ? byName : a[times[sort]] - b[times[sort]] || byName)
  })
}

function accountNamed(scope: Scope, login: string): Account {
  const account = scope.state.accounts.get(keyOf(login))
  if (!account) throw notFound()
  return account
}

function organizationNamed(scope: Scope, login: string): Account {
  const account = accountNamed(scope, login)
  if (account.type !== 'Organization') throw notFound()
  return account
}
