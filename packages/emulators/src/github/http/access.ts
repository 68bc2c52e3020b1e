import { isInstalledOn } from '../apps/installation-tokens.ts'
import { findRepository, fullName, keyOf, repositoryById } from '../state/lookup.ts'
import type { AccessLevel, AccessToken, GithubState, Installation, Repository, Role } from '../state/types.ts'
import { forbidden, GithubError, notFound } from './errors.ts'
import { grants } from './grants.ts'
import type { GithubContext, Scope, Viewer } from './scope.ts'

const roles: readonly Role[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin']

export function hasRole(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least)
}

/** What an account may do in a repository, whatever its token. */
export function roleIn(state: GithubState, login: string | undefined, repository: Repository): Role {
  const everybody: Role = repository.private ? 'none' : 'read'
  if (login === undefined) return everybody
  if (keyOf(login) === keyOf(repository.owner)) return 'admin'
  const member = state.accounts.get(keyOf(repository.owner))?.members.get(keyOf(login))
  const granted = repository.collaborators.get(keyOf(login)) ?? 'none'
  const fromOrganization: Role = member === 'admin' ? 'admin' : member === 'member' ? 'write' : 'none'
  return [granted, fromOrganization].reduce((best, role) => (hasRole(role, best) ? role : best), everybody)
}

/** Whether a repository exists at all for this request. */
export function canSee(scope: Scope, repository: Repository): boolean {
  if (!repository.private) return true
  if (!scope.viewer) return false
  return viewerRole(scope, repository) !== 'none' && reaches(scope.state, scope.viewer.token, repository)
}

/** What the viewer may do in a repository; an app's installation is bounded by its token alone. */
export function viewerRole(scope: Scope, repository: Repository): Role {
  const { state, viewer } = scope
  const installation = viewer && installationOf(state, viewer.token)
  if (installation && isInstalledOn(installation, repository)) return 'admin'
  return roleIn(state, viewer?.account.login, repository)
}

/** The installation that a token was minted for. */
export function installationOf(state: GithubState, token: AccessToken): Installation | undefined {
  return token.installationId === undefined ? undefined : state.installations.get(token.installationId)
}

function reaches(state: GithubState, token: AccessToken, repository: Repository): boolean {
  const { grant } = token
  const installation = installationOf(state, token)
  if (installation && !isInstalledOn(installation, repository)) return false
  if (grant.kind === 'classic') return grant.scopes.includes('repo')
  const only = grant.repositories
  return only === undefined || only.some((name) => keyOf(name) === keyOf(fullName(repository)))
}

export type Permission =
  `${'issues' | 'pull_requests' | 'contents' | 'administration' | 'metadata'}=${'read' | 'write'}`

/** Permissions of which a fine-grained token needs any one; all alike read, or all write. */
export interface Need {
  anyOf: readonly Permission[]
  /** The least role of the account, beside what the token grants. */
  role: Role
}

export const needs = {
  metadata: { anyOf: ['metadata=read'], role: 'read' },
  readIssues: { anyOf: ['issues=read'], role: 'read' },
  readIssuesOrPulls: { anyOf: ['issues=read', 'pull_requests=read'], role: 'read' },
  readPulls: { anyOf: ['pull_requests=read'], role: 'read' },
  createIssue: { anyOf: ['issues=write'], role: 'read' },
  /** Of authors too: whether one is, the route checks. */
  editOwn: { anyOf: ['issues=write', 'pull_requests=write'], role: 'read' },
  triage: { anyOf: ['issues=write', 'pull_requests=write'], role: 'triage' },
  push: { anyOf: ['issues=write', 'pull_requests=write'], role: 'write' },
  createPull: { anyOf: ['pull_requests=write'], role: 'read' },
  merge: { anyOf: ['contents=write'], role: 'write' },
  administer: { anyOf: ['administration=write'], role: 'admin' },
} as const satisfies Record<string, Need>

export interface Opened {
  scope: Scope
  repository: Repository
  role: Role
  /** Path of Link headers, which name repositories by id. */
  linkRoot: string
}

export type OpenedByViewer = Opened & { viewer: Viewer }

/** The repository of the path for a reader; 404 where it must stay hidden, 301 or 307 after a rename. */
export function openRepository(c: GithubContext, need: Need): Opened {
  const scope = c.get('scope')
  const { owner = '', repo = '' } = c.req.param() as Record<string, string | undefined>
  const repository = findRepository(scope.state, owner, repo)
  if (!repository) {
    const id = scope.state.formerNames.get(keyOf(`${owner}/${repo}`))
    const renamed = id === undefined ? undefined : repositoryById(scope.state, id)
    if (renamed && canSee(scope, renamed)) throw movedTo(c, renamed, `/repos/${owner}/${repo}`)
    throw notFound()
  }
  const writes = need.anyOf.some((permission) => permission.endsWith('=write'))
  accept(scope, need.anyOf, repository.private ? 'repo' : writes ? 'public_repo, repo' : '')
  if (!canSee(scope, repository)) throw notFound()
  if (scope.viewer && (writes || repository.private)) demand(scope.state, scope.viewer, need, repository)
  const role = viewerRole(scope, repository)
  return { scope, repository, role, linkRoot: `/repositories/${repository.id}` }
}

/** The repository of the path for a writer; also refuses missing tokens, low roles and archived repositories. */
export function openForWriting(c: GithubContext, need: Need): OpenedByViewer {
  const opened = openRepository(c, need)
  const viewer = requireViewer(opened.scope)
  if (!hasRole(opened.role, need.role)) throw forbidden('Must have admin rights to Repository.')
  if (opened.repository.archived && need !== needs.administer) {
    throw forbidden('Repository was archived so is read-only.')
  }
  return { ...opened, viewer }
}

function requireViewer(scope: Scope): Viewer {
  if (!scope.viewer) throw new GithubError(401, 'Requires authentication')
  return scope.viewer
}

/** Who asks, where an app cannot: 403 for an installation. */
export function requireUser(scope: Scope): Viewer {
  const viewer = requireViewer(scope)
  if (viewer.token.installationId !== undefined) throw refusal(viewer)
  return viewer
}

/** Checks a token for an operation outside any existing repository. */
export function demandGrant(scope: Scope, anyOf: readonly Permission[], scopes: readonly string[]): Viewer {
  accept(scope, anyOf, scopes.join(', '))
  const viewer = requireViewer(scope)
  const { grant } = viewer.token
  const granted =
    grant.kind === 'classic'
      ? scopes.some((name) => grant.scopes.includes(name))
      : anyOf.some((permission) => holds(grant.permissions, permission))
  if (!granted) throw refusal(viewer)
  return viewer
}

function accept(scope: Scope, anyOf: readonly Permission[], scopes: string): void {
  scope.accepted = { scopes, permissions: anyOf.join('; ') }
}

function demand(state: GithubState, viewer: Viewer, need: Need, repository: Repository): void {
  const { grant } = viewer.token
  const granted =
    grant.kind === 'classic'
      ? grant.scopes.includes('repo') || (!repository.private && grant.scopes.includes('public_repo'))
      : reaches(state, viewer.token, repository) && need.anyOf.some((one) => holds(grant.permissions, one))
  if (!granted) throw refusal(viewer)
}

function holds(permissions: Readonly<Record<string, AccessLevel>>, permission: Permission): boolean {
  const [name, level] = permission.split('=') as [string, AccessLevel]
  // Every fine-grained token can read metadata.
  return permission === 'metadata=read' || grants(permissions, name, level)
}

function refusal({ token }: Viewer): GithubError {
  const isApp = (token.clientId ?? token.installationId) !== undefined
  const bearer = isApp ? 'integration' : 'personal access token'
  return forbidden(`Resource not accessible by ${bearer}`)
}

function movedTo(c: GithubContext, repository: Repository, formerRoot: string): GithubError {
  const { apiRoot } = c.get('scope')
  const { search } = new URL(c.req.url)
  const url = `${apiRoot}/repositories/${repository.id}${c.req.path.slice(formerRoot.length)}${search}`
  const headers = { location: url }
  if (c.req.method === 'GET') return new GithubError(301, 'Moved Permanently', { url }, headers)
  return new GithubError(307, 'Temporary Redirect', { url }, headers)
}
