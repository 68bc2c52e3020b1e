import { createHash } from 'node:crypto'
import { invalidRequest, validationFailed } from '../http/errors.ts'
import { grants } from '../http/grants.ts'
import { nextId } from '../state/identifiers.ts'
import { fullName, keyOf, repositoryById } from '../state/lookup.ts'
import {
  type AccessLevel,
  type AccessToken,
  accessLevels,
  type App,
  type GithubState,
  type Installation,
  type Repository,
} from '../state/types.ts'

const lifeMs = 3_600_000
const tokenCharacters = 520

/** What a token is narrowed to, as the request has it. */
export interface Narrowing {
  repositories?: string[]
  repository_ids?: number[]
  permissions?: Record<string, unknown>
}

/** An opaque token of an hour for an installation; 422 for more than the installation was granted. */
export function mintToken(
  state: GithubState,
  { app, installation, narrowing, now }: Mint,
): { token: AccessToken; repositories: Repository[] | undefined } {
  const permissions = narrowedPermissions(installation, narrowing.permissions)
  const repositories = narrowedRepositories(state, installation, narrowing)
  const token: AccessToken = {
    token: opaque(nextId(state)),
    login: botLogin(app),
    clientId: undefined,
    installationId: installation.id,
    expiresAt: now + lifeMs,
    grant: {
      kind: 'fine-grained',
      permissions,
      repositories: repositories?.map(fullName) ?? installation.repositories,
    },
  }
  state.tokens.set(token.token, token)
  return { token, repositories }
}

interface Mint {
  app: App
  installation: Installation
  narrowing: Narrowing
  now: number
}

export const botLogin = ({ slug }: Pick<App, 'slug'>) => `${slug}[bot]`

/** Whether an installation was given a repository. */
export function isInstalledOn({ account, repositories }: Installation, repository: Repository): boolean {
  if (keyOf(account) !== keyOf(repository.owner)) return false
  return (
    repositories === undefined || repositories.some((name) => keyOf(name) === keyOf(fullName(repository)))
  )
}

function narrowedPermissions(
  { permissions }: Installation,
  asked: Narrowing['permissions'],
): Record<string, AccessLevel> {
  const all = { metadata: 'read', ...permissions } as const
  if (!asked) return all
  const entries = Object.entries(asked).map(([name, value]): [string, AccessLevel] => {
    const level = accessLevels.find((known) => known === value)
    if (!level) throw invalidRequest(`${JSON.stringify(value)} is not a level of "${name}".`)
    if (!grants(all, name, level)) {
      throw validationFailed([], 'The permissions requested are not granted to this installation.')
    }
    return [name, level]
  })
  return { metadata: 'read', ...Object.fromEntries(entries) }
}

function narrowedRepositories(
  state: GithubState,
  installation: Installation,
  { repositories: names, repository_ids: ids }: Narrowing,
): Repository[] | undefined {
  if (!names && !ids) return undefined
  const found = [
    ...(names ?? []).map((name) => state.repositories.get(keyOf(`${installation.account}/${name}`))),
    ...(ids ?? []).map((id) => repositoryById(state, id)),
  ]
  return found.map((repository) => {
    if (repository && isInstalledOn(installation, repository)) return repository
    throw validationFailed(
      [],
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    )
  })
}

/** In the vendor's outline, a prefix and three parts with dots, holding nothing. */
function opaque(id: number): string {
  const noise = [0, 1, 2, 3, 4, 5, 6, 7]
    .map((part) => createHash('sha512').update(`${id} ${part}`).digest('base64url'))
    .join('')
  const token = `emulated-installation-token-${id}_${noise.slice(0, 36)}.${noise.slice(36, 200)}.${noise.slice(200)}`
  return token.slice(0, tokenCharacters)
}
