import type { KeyObject } from 'node:crypto'
import type { Approval } from '../../emulator.ts'
import type { RepositorySettings } from './repository-settings.ts'

/** Everything the emulator holds; times are milliseconds since the epoch. */
export interface GithubState {
  /** Users and organizations by lower-case login. */
  accounts: Map<string, Account>
  tokens: Map<string, AccessToken>
  /** By client id. */
  oauthApps: Map<string, OauthApp>
  refreshTokens: Map<string, RefreshToken>
  /** By the code itself, until it is used. */
  authorizationCodes: Map<string, AuthorizationCode>
  /** By device code, until a token was handed out for it. */
  devices: Map<string, Device>
  /** Seconds that a device has to wait between two polls at first. */
  deviceInterval: number
  /** Login of the user before the authorization page; undefined where there are no users. */
  signedIn: string | undefined
  /** What that user answers there. */
  approval: Approval
  /** By app id. */
  apps: Map<number, App>
  /** By id. */
  installations: Map<number, Installation>
  /** By lower-case `owner/name`. */
  repositories: Map<string, Repository>
  /** Ids of renamed repositories by their former lower-case `owner/name`. */
  formerNames: Map<string, number>
  rateLimits: RateLimits
  /** Requests used per account (or `anonymous`) and resource, by `login resource`. */
  rateWindows: Map<string, RateWindow>
  /** Last id given out; ids are unique over all kinds. */
  lastId: number
}

export interface Account {
  id: number
  login: string
  type: 'User' | 'Organization' | 'Bot'
  name: string | null
  email: string | null
  company: string | null
  location: string | null
  bio: string | null
  /** Of an organization: roles by login. */
  members: Map<string, 'admin' | 'member'>
  createdAt: number
}

/** From the least to the highest. */
export const accessLevels = ['read', 'write', 'admin'] as const
export type AccessLevel = (typeof accessLevels)[number]

/** What a token may do: classic scopes, or the permissions of a fine-grained token or app. */
export type Grant =
  | { kind: 'classic'; scopes: readonly string[] }
  | {
      kind: 'fine-grained'
      permissions: Readonly<Record<string, AccessLevel>>
      /** Full names of the repositories it reaches; all of the owner's where undefined. */
      repositories: readonly string[] | undefined
    }

export interface AccessToken {
  token: string
  login: string
  grant: Grant
  expiresAt: number | undefined
  /** Client id of the app that it was issued to. */
  clientId: string | undefined
  /** Unknown of what the seed holds. */
  createdAt?: number
  /** Of a token that an app minted for itself. */
  installationId?: number
}

export interface App {
  appId: number
  clientId: string
  slug: string
  publicKeys: KeyObject[]
}

export interface Installation {
  id: number
  appId: number
  /** Login of the user or organization. */
  account: string
  /** Full names of the repositories it was given; all of the account's where undefined. */
  repositories: readonly string[] | undefined
  permissions: Readonly<Record<string, AccessLevel>>
  isSuspended: boolean
  createdAt: number
}

interface RefreshToken {
  token: string
  clientId: string
  login: string
  grant: Grant
  /** The access token that dies with it. */
  accessToken: string | undefined
  expiresAt: number | undefined
  /** Came from the device flow, whose clients have no secret. */
  isOfDevice: boolean
}

/** A registration with a client id: an OAuth app, or the user side of a GitHub App. */
export interface OauthApp {
  clientId: string
  clientSecret: string
  /** The first is where users go when a request names none. */
  redirectUris: readonly string[]
  hasDeviceFlow: boolean
  /** Whether access tokens end after eight hours and come with a refresh token. */
  tokensExpire: boolean
  /** Of a GitHub App, whose tokens have these instead of scopes. */
  permissions: Readonly<Record<string, AccessLevel>> | undefined
}

export interface AuthorizationCode {
  code: string
  clientId: string
  login: string
  grant: Grant
  redirectUri: string
  codeChallenge: string | undefined
  expiresAt: number
}

export interface Device {
  deviceCode: string
  userCode: string
  clientId: string
  grant: Grant
  /** Seconds between two polls; every poll that came too soon adds five. */
  interval: number
  polledAt: number | undefined
  /** Login of the user who approved. */
  approvedBy: string | undefined
  isDenied: boolean
  expiresAt: number
}

export type Role = 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin'

export interface Repository {
  id: number
  owner: string
  name: string
  description: string | null
  homepage: string | null
  private: boolean
  archived: boolean
  language: string | null
  topics: string[]
  stars: number
  settings: RepositorySettings
  defaultBranch: string
  branches: Map<string, Branch>
  /** Roles by lower-case login, beside the owner's. */
  collaborators: Map<string, Role>
  /** By lower-case name. */
  labels: Map<string, Label>
  /** Issues and pull requests by number: they share one sequence. */
  issues: Map<number, Issue>
  /** Comments of all issues by id. */
  comments: Map<number, Comment>
  lastNumber: number
  createdAt: number
  updatedAt: number
  pushedAt: number
}

export interface Branch {
  sha: string
  /** Changes against the default branch, listed by a pull request from this branch. */
  files: readonly ChangedFile[]
}

export interface Label {
  id: number
  name: string
  color: string
  description: string | null
  default: boolean
}

export type StateReason = 'completed' | 'not_planned' | 'duplicate' | 'reopened'
export type LockReason = 'off-topic' | 'too heated' | 'resolved' | 'spam'

export interface Issue {
  id: number
  number: number
  title: string
  body: string | null
  author: string
  state: 'open' | 'closed'
  stateReason: StateReason | null
  labels: Label[]
  assignees: string[]
  locked: boolean
  lockReason: LockReason | null
  comments: Comment[]
  createdAt: number
  updatedAt: number
  closedAt: number | null
  closedBy: string | null
  pullRequest: PullRequest | undefined
}

export interface Comment {
  id: number
  issueNumber: number
  author: string
  body: string
  createdAt: number
  updatedAt: number
}

export interface PullRequest {
  id: number
  head: { ref: string; sha: string }
  base: { ref: string; sha: string }
  draft: boolean
  mergedAt: number | null
  mergedBy: string | null
  mergeCommitSha: string | null
  /** Null while it is being computed. */
  mergeable: boolean | null
  maintainerCanModify: boolean
  requestedReviewers: string[]
  commits: number
  files: readonly ChangedFile[]
  reviews: Review[]
}

export interface ChangedFile {
  filename: string
  status: 'added' | 'removed' | 'modified' | 'renamed'
  additions: number
  deletions: number
  /** Undefined for binary files. */
  patch?: string
  previousFilename?: string
}

export interface Review {
  id: number
  author: string
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING'
  body: string
  submittedAt: number
}

interface RateLimits {
  /** Requests an hour. */
  core: number
  /** Searches a minute. */
  search: number
  /** Requests an hour without a token. */
  anonymous: number
}

export interface RateWindow {
  used: number
  resetAt: number
}
