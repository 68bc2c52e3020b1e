import { createPublicKey } from 'node:crypto'
import { botLogin } from '../apps/installation-tokens.ts'
import { createComment } from '../operations/comments.ts'
import { createIssue, lockIssue, updateIssue } from '../operations/issues.ts'
import { createLabel } from '../operations/labels.ts'
import { createPullRequest, mergePullRequest } from '../operations/pull-requests.ts'
import { addBranch, createRepository } from '../operations/repositories.ts'
import { nextId } from './identifiers.ts'
import { accountOf, keyOf } from './lookup.ts'
import type {
  AccountSeed,
  GithubSeed,
  GrantSeed,
  IssueSeed,
  OauthAppSeed,
  OrganizationSeed,
  PullRequestSeed,
  RepositorySeed,
} from './seed.ts'
import type { Account, GithubState, Grant, Issue, OauthApp, Repository } from './types.ts'

/** A fresh state from a seed, made by the same operations as requests use. */
export function buildState(seed: GithubSeed, now: number): GithubState {
  const state: GithubState = {
    accounts: new Map(),
    tokens: new Map(),
    oauthApps: new Map(seed.oauthApps?.map((app) => [app.clientId, oauthApp(app)])),
    refreshTokens: new Map(),
    authorizationCodes: new Map(),
    devices: new Map(),
    deviceInterval: seed.deviceInterval ?? 5,
    signedIn: seed.signedIn ?? seed.users?.[0]?.login,
    approval: 'approve',
    apps: new Map(),
    installations: new Map(),
    repositories: new Map(),
    formerNames: new Map(),
    rateLimits: { core: 5_000, search: 30, anonymous: 60, ...seed.rateLimit },
    rateWindows: new Map(),
    lastId: 1_000,
  }
  for (const user of seed.users ?? []) addAccount(state, user, 'User', now)
  for (const organization of seed.organizations ?? []) addAccount(state, organization, 'Organization', now)
  addApps(state, seed, now)
  for (const one of seed.tokens ?? []) {
    const { login } = accountOf(state, one.login)
    const { token, expiresAt } = one
    const grant = grantOf(one)
    state.tokens.set(token, { token, login, grant, clientId: undefined, expiresAt: timeOf(expiresAt) })
  }
  if (seed.signedIn !== undefined) accountOf(state, seed.signedIn)
  for (const one of seed.refreshTokens ?? []) addRefreshToken(state, one)
  for (const repository of seed.repositories ?? []) addRepository(state, repository, now)
  return state
}

function addAccount(state: GithubState, seed: OrganizationSeed, type: Account['type'], now: number): void {
  const {
    login,
    name = null,
    email = null,
    company = null,
    location = null,
    bio = null,
  } = seed satisfies AccountSeed
  const members = new Map(Object.entries(seed.members ?? {}).map(([member, role]) => [keyOf(member), role]))
  const id = nextId(state)
  const account = { id, login, type, name, email, company, location, bio, members, createdAt: now }
  state.accounts.set(keyOf(login), account)
}

function addApps(state: GithubState, seed: GithubSeed, now: number): void {
  for (const { appId, slug, clientId = `client-of-${slug}`, publicKey } of seed.apps ?? []) {
    const publicKeys = [publicKey].flat().map((key) => {
      return typeof key === 'string' ? createPublicKey(key) : createPublicKey({ key, format: 'jwk' })
    })
    state.apps.set(appId, { appId, slug, clientId, publicKeys })
    addAccount(state, { login: botLogin({ slug }) }, 'Bot', now)
  }
  for (const { id, appId, suspended = false, permissions, ...one } of seed.installations ?? []) {
    const { login: account } = accountOf(state, one.account)
    if (!state.apps.has(appId)) throw new Error(`Unknown app ${appId}: add it to the seed's apps.`)
    const repositories = one.repositories?.map((name) => `${account}/${name}`)
    const times = { isSuspended: suspended, createdAt: now }
    state.installations.set(id, { id, appId, account, repositories, permissions, ...times })
  }
}

function oauthApp(seed: OauthAppSeed): OauthApp {
  const { clientId, clientSecret, redirectUris = [], deviceFlow = false, tokensExpire = false } = seed
  const { permissions } = seed
  return { clientId, clientSecret, redirectUris, hasDeviceFlow: deviceFlow, tokensExpire, permissions }
}

function grantOf(seed: GrantSeed): Grant {
  if ('scopes' in seed) return { kind: 'classic', scopes: [...seed.scopes] }
  return { kind: 'fine-grained', permissions: { ...seed.permissions }, repositories: seed.repositories }
}

function addRefreshToken(state: GithubState, seed: NonNullable<GithubSeed['refreshTokens']>[number]): void {
  const { token, clientId, accessToken } = seed
  const { login } = accountOf(state, seed.login)
  const expiresAt = timeOf(seed.expiresAt)
  const grant = grantOf(seed)
  const rest = { accessToken, expiresAt, isOfDevice: false }
  state.refreshTokens.set(token, { token, clientId, login, grant, ...rest })
  const issued = accessToken === undefined ? undefined : state.tokens.get(accessToken)
  if (issued) issued.clientId = clientId
}

function addRepository(state: GithubState, seed: RepositorySeed, now: number): void {
  const createdAt = timeOf(seed.createdAt) ?? now
  const { owner, name, description, homepage, labels, language = null, topics = [], stars = 0 } = seed
  const fields = { name, description, homepage, private: seed.private }
  const repository = createRepository(state, owner, fields, createdAt)
  Object.assign(repository, { language, topics: [...topics], stars })
  for (const [login, role] of Object.entries(seed.collaborators ?? {})) {
    repository.collaborators.set(keyOf(login), role)
  }
  for (const branch of seed.branches ?? []) addBranch(repository, branch.name, branch.files)
  if (labels) repository.labels.clear()
  for (const label of labels ?? []) createLabel(state, repository, label)
  for (const issue of seed.issues ?? []) addIssueSeed(state, repository, issue, now)
  for (const pullRequest of seed.pullRequests ?? []) addPullRequest(state, repository, pullRequest, now)
  repository.settings.has_issues = seed.hasIssues ?? true
  repository.archived = seed.archived ?? false
}

function addIssueSeed(state: GithubState, repository: Repository, seed: IssueSeed, now: number): void {
  const deed = { author: seed.author, now: timeOf(seed.createdAt) ?? now }
  finish(state, repository, createIssue(state, repository, seed, deed, seed.number), seed, deed.now)
}

function addPullRequest(
  state: GithubState,
  repository: Repository,
  seed: PullRequestSeed,
  now: number,
): void {
  const deed = { author: seed.author, now: timeOf(seed.createdAt) ?? now }
  const { head, base = repository.defaultBranch, draft, files, reviews = [] } = seed
  if (files || !repository.branches.has(head)) addBranch(repository, head, files)
  const issue = createPullRequest(state, repository, seed, { head, base, draft }, deed, seed.number)
  const { pullRequest } = issue
  if (seed.mergeable !== undefined) pullRequest.mergeable = seed.mergeable
  pullRequest.requestedReviewers = [...(seed.requestedReviewers ?? [])]
  for (const { author, state: verdict, body = '' } of reviews) {
    const { login } = accountOf(state, author)
    const id = nextId(state)
    pullRequest.reviews.push({ id, author: login, state: verdict, body, submittedAt: deed.now })
  }
  if (seed.merged === true) mergePullRequest(repository, issue, { sha: undefined, method: 'merge' }, deed)
  finish(state, repository, issue, seed, deed.now)
}

/** What an issue went through after it was opened. */
function finish(
  state: GithubState,
  repository: Repository,
  issue: Issue,
  seed: IssueSeed,
  openedAt: number,
): void {
  for (const { author, body, createdAt } of seed.comments ?? []) {
    createComment(state, repository, issue, body, { author, now: timeOf(createdAt) ?? openedAt })
  }
  const updatedAt = timeOf(seed.updatedAt) ?? issue.updatedAt
  const { state: to, stateReason } = seed
  if (to === 'closed' && issue.state === 'open') {
    updateIssue(
      state,
      repository,
      issue,
      { state: to, stateReason },
      { author: issue.author, now: updatedAt },
    )
  }
  const { locked = false } = seed
  if (locked !== false) lockIssue(issue, locked === true ? null : locked)
  issue.updatedAt = updatedAt
}

function timeOf(iso: string | undefined): number | undefined {
  if (iso === undefined) return undefined
  const time = Date.parse(iso)
  if (Number.isNaN(time)) throw new RangeError(`"${iso}" is not an ISO 8601 time.`)
  return time
}
