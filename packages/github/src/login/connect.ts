import {
  type Authenticator,
  connect,
  type Connection,
  defineService,
  type ErrorReply,
  type InspectOptions,
  type RemoteErrorDetails,
} from '@agent/core'
import * as z from 'zod'
import { type GithubAuthConfig, githubAuth } from '../auth.ts'
import { github } from '../service.ts'

const { settings: _, ...withoutSettings } = github
const host = {
  ...withoutSettings,
  // Without a version every release of the Enterprise Server answers, and what is asked for here is the same in all.
  headers: () => ({ accept: 'application/vnd.github+json', 'user-agent': '@agent/github' }),
}

/** A connection that tells the headers of its answers: part of what GitHub says of a token stands there. */
export function connectAndWatch(
  auth: GithubAuthConfig,
  options: InspectOptions,
  onHeaders: (headers: Headers) => void,
): Connection {
  const watched = defineService({
    ...host,
    auth: githubAuth,
    readRateLimit(headers) {
      onHeaders(headers)
      return github.readRateLimit?.(headers)
    },
  })
  return connect(watched, { auth, ...connectionOptions(options) })
}

/** A connection under any authenticator. `rejectionHint` says what to do about a 401. */
export function connectAs(
  authenticator: Authenticator,
  options: InspectOptions,
  rejectionHint?: string,
): Connection {
  const service = defineService({
    ...host,
    auth: () => z.custom<Authenticator>(),
    authenticate: (given) => given,
    readError: (reply) => ({
      ...github.readError?.(reply),
      ...hintFor(reply, rejectionHint),
    }),
  })
  return connect(service, { auth: authenticator, ...connectionOptions(options) })
}

const hintFor = ({ status }: ErrorReply, hint: string | undefined): RemoteErrorDetails =>
  status === 401 && hint !== undefined ? { hint } : {}

const connectionOptions = ({ baseUrl, fetch }: InspectOptions) =>
  ({ drift: 'error', ...(baseUrl !== undefined && { baseUrl }), ...(fetch && { fetch }) }) as const
