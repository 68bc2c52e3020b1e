import { validationFailed } from '../http/errors.ts'
import { commitSha, nextId } from '../state/identifiers.ts'
import { accountOf, findRepository, fullName, keyOf } from '../state/lookup.ts'
import { defaultSettings, type RepositorySettings } from '../state/repository-settings.ts'
import type { Branch, ChangedFile, GithubState, Repository } from '../state/types.ts'
import { addInitialLabels } from './labels.ts'

export interface RepositoryChanges {
  name?: string | undefined
  description?: string | null | undefined
  homepage?: string | null | undefined
  private?: boolean | undefined
  archived?: boolean | undefined
  defaultBranch?: string | undefined
  settings?: Partial<RepositorySettings>
}

export function createRepository(
  state: GithubState,
  owner: string,
  fields: RepositoryChanges & { name: string },
  now: number,
): Repository {
  const { login } = accountOf(state, owner)
  const name = checkedName(state, login, fields.name, 'Repository creation failed.')
  const repository: Repository = {
    id: nextId(state),
    owner: login,
    name,
    description: fields.description ?? null,
    homepage: fields.homepage ?? null,
    private: fields.private ?? false,
    archived: false,
    language: null,
    topics: [],
    stars: 0,
    settings: { ...defaultSettings, ...fields.settings },
    defaultBranch: 'main',
    branches: new Map(),
    collaborators: new Map(),
    labels: new Map(),
    issues: new Map(),
    comments: new Map(),
    lastNumber: 0,
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
  }
  addBranch(repository, repository.defaultBranch)
  addInitialLabels(state, repository)
  state.repositories.set(keyOf(fullName(repository)), repository)
  return repository
}

export function updateRepository(
  state: GithubState,
  repository: Repository,
  changes: RepositoryChanges,
  now: number,
): void {
  const { name, settings, defaultBranch } = changes
  if (defaultBranch !== undefined && !repository.branches.has(defaultBranch)) {
    const message = `The branch ${defaultBranch} was not found. Please push that ref first or create it via the Git Data API.`
    throw validationFailed([{ resource: 'Repository', code: 'invalid', field: 'default_branch', message }])
  }
  if (name !== undefined && name !== repository.name) rename(state, repository, name)
  for (const field of ['description', 'homepage', 'private', 'archived', 'defaultBranch'] as const) {
    const value = changes[field]
    if (value !== undefined) Object.assign(repository, { [field]: value })
  }
  Object.assign(repository.settings, settings)
  repository.updatedAt = now
}

function rename(state: GithubState, repository: Repository, wanted: string): void {
  const sameButCase = keyOf(wanted) === keyOf(repository.name)
  const name = sameButCase ? wanted : checkedName(state, repository.owner, wanted, 'Validation Failed')
  const former = keyOf(fullName(repository))
  state.repositories.delete(former)
  repository.name = name
  state.repositories.set(keyOf(fullName(repository)), repository)
  if (!sameButCase) state.formerNames.set(former, repository.id)
}

/** The name with what a repository's name cannot hold replaced, as the API does. */
function checkedName(state: GithubState, owner: string, wanted: string, refusal: string): string {
  const name = wanted.trim().replace(/[^\w.-]+/g, '-')
  if (name === '' || /^\.{1,2}$/.test(name)) {
    throw validationFailed([{ resource: 'Repository', code: 'missing_field', field: 'name' }], refusal)
  }
  if (findRepository(state, owner, name)) {
    const message = 'name already exists on this account'
    throw validationFailed([{ resource: 'Repository', code: 'custom', field: 'name', message }], refusal)
  }
  return name
}

export function addBranch(repository: Repository, name: string, files: readonly ChangedFile[] = []): Branch {
  const branch = { sha: commitSha(repository.id, name), files }
  repository.branches.set(name, branch)
  return branch
}
