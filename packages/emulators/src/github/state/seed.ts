import type { JsonWebKey } from 'node:crypto'
import type {
  AccessLevel,
  ChangedFile,
  Label,
  LockReason,
  PullRequest,
  Review,
  Role,
  StateReason,
} from './types.ts'

/** What an emulator starts with and goes back to; times are ISO 8601, the moment of the start where omitted. */
export interface GithubSeed {
  users?: AccountSeed[]
  organizations?: OrganizationSeed[]
  tokens?: TokenSeed[]
  oauthApps?: OauthAppSeed[]
  /** Login of the user before the authorization page; the first of `users` where omitted. */
  signedIn?: string
  /** Seconds that a device has to wait between two polls; 5 where omitted, 0 lets it poll at will. */
  deviceInterval?: number
  refreshTokens?: RefreshTokenSeed[]
  apps?: AppSeed[]
  installations?: InstallationSeed[]
  repositories?: RepositorySeed[]
  /** Requests an hour with (5,000) and without (60) a token, and searches a minute (30). */
  rateLimit?: { core?: number; anonymous?: number; search?: number }
}

export interface AccountSeed {
  login: string
  name?: string
  email?: string
  company?: string
  location?: string
  bio?: string
}

export interface OrganizationSeed extends AccountSeed {
  /** Roles by login; admins own the organization, members can push to its repositories. */
  members?: Record<string, 'admin' | 'member'>
}

/** `scopes` make a classic token, `permissions` a fine-grained one. */
export type GrantSeed =
  { scopes: string[] } | { permissions: Record<string, 'read' | 'write'>; repositories?: string[] }

type TokenSeed = GrantSeed & { token: string; login: string; expiresAt?: string }

type RefreshTokenSeed = GrantSeed & {
  token: string
  clientId: string
  login: string
  /** The access token it was issued with, which stops working when it is used. */
  accessToken?: string
  expiresAt?: string
}

/** A registration with a client id: an OAuth app, or with `permissions` the user side of a GitHub App. */
export interface OauthAppSeed {
  clientId: string
  clientSecret: string
  /** Callback URLs; a request may name what lies below them, and any port of a loopback address. None where omitted. */
  redirectUris?: string[]
  /** Off unless told, as in a new registration. */
  deviceFlow?: boolean
  /** Whether access tokens end after eight hours and come with a refresh token; off unless told. */
  tokensExpire?: boolean
  /** What the tokens of its users may do, in place of scopes. */
  permissions?: Record<string, AccessLevel>
}

/** A GitHub App, which speaks for itself with a JSON web token. */
interface AppSeed {
  appId: number
  /** `client-of-<slug>` where omitted. */
  clientId?: string
  slug: string
  /** PEM or JWK; several while keys are rotated. */
  publicKey: PublicKeySeed | PublicKeySeed[]
}

type PublicKeySeed = string | JsonWebKey

interface InstallationSeed {
  id: number
  appId: number
  /** Login of a user or an organization. */
  account: string
  /** Names of repositories of the account; all where omitted. */
  repositories?: string[]
  permissions: Record<string, AccessLevel>
  suspended?: boolean
}

export interface RepositorySeed {
  owner: string
  name: string
  description?: string
  homepage?: string
  private?: boolean
  archived?: boolean
  hasIssues?: boolean
  language?: string
  topics?: string[]
  stars?: number
  /** Branches beside `main` and those of the pull requests, with what they change. */
  branches?: { name: string; files?: ChangedFile[] }[]
  collaborators?: Record<string, Role>
  /** Instead of the nine labels that a new repository has. */
  labels?: LabelSeed[]
  issues?: IssueSeed[]
  pullRequests?: PullRequestSeed[]
  createdAt?: string
}

type LabelSeed = Pick<Label, 'name'> & Partial<Pick<Label, 'color' | 'description'>>

export interface IssueSeed {
  /** The next free number where omitted. */
  number?: number
  title: string
  body?: string
  author: string
  state?: 'open' | 'closed'
  stateReason?: StateReason
  /** Created where the repository has no such label. */
  labels?: string[]
  assignees?: string[]
  locked?: LockReason | boolean
  comments?: { author: string; body: string; createdAt?: string }[]
  createdAt?: string
  updatedAt?: string
}

export interface PullRequestSeed extends IssueSeed {
  head: string
  /** The default branch where omitted. */
  base?: string
  draft?: boolean
  merged?: boolean
  mergeable?: PullRequest['mergeable']
  requestedReviewers?: string[]
  files?: ChangedFile[]
  reviews?: (Pick<Review, 'author' | 'state'> & Partial<Pick<Review, 'body'>>)[]
}
