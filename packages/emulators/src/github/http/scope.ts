import type { HttpBindings } from '@hono/node-server'
import type { Context, Hono } from 'hono'
import type { AccessToken, Account, GithubState } from '../state/types.ts'

export const apiVersions = ['2026-03-10', '2022-11-28'] as const
type ApiVersion = (typeof apiVersions)[number]

export interface Viewer {
  account: Account
  token: AccessToken
}

/** What a request knows: the state, who asks, in which version, and on which URLs to answer. */
export interface Scope {
  state: GithubState
  now: number
  version: ApiVersion
  viewer: Viewer | undefined
  /** Root of API URLs: the origin, with `/api/v3` on an Enterprise Server path. */
  apiRoot: string
  /** Root of web pages: the origin. */
  webRoot: string
  enterprise: boolean
  /** Told in X-Accepted-OAuth-Scopes or X-Accepted-GitHub-Permissions. */
  accepted: { scopes: string; permissions: string }
}

export interface GithubEnv {
  Bindings: HttpBindings
  Variables: { scope: Scope }
}

export type GithubApp = Hono<GithubEnv>
export type GithubContext = Context<GithubEnv>

/** The emulator's one mutable root: `state` is replaced on reset. */
export interface World {
  state: GithubState
  now: () => number
}

export const enterprisePrefix = '/api/v3'

/** Whether members that 2026-03-10 removed are still sent. */
export function isLegacy(scope: Scope): boolean {
  return scope.version === '2022-11-28'
}
