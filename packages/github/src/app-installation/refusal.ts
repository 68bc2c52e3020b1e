import {
  AuthRejectedError,
  ConfigError,
  type ConnectorError,
  PermissionError,
  readRetryAfterMs,
  TokenEndpointError,
  type TokenReply,
} from '@agent/core'
import { readGithubError } from '../errors.ts'
import type { AppInstallationConfig } from './config.ts'
import { readObject } from './replies.ts'

function messageOf(reply: TokenReply): string {
  const message = readObject(reply)?.['message']
  return typeof message === 'string' ? message : ''
}

/** GitHub answers 404 with this where no app has the issuer of the JWT. */
export const isUnknownApp = (reply: TokenReply) =>
  reply.status === 404 && /integration not found/i.test(messageOf(reply))

/** Why the app did not get what it asked for. */
export function refusal(reply: TokenReply, config: AppInstallationConfig): ConnectorError {
  const { status, headers } = reply
  const told = { outcome: 'not_sent', status } as const
  const { code, remoteCode, ...limit } = readGithubError({ status, headers, json: readObject(reply) })
  if (code === 'RATE_LIMITED' || status >= 500 || status === 408 || status === 429) {
    return new TokenEndpointError(`GitHub answered ${status} to the app.`, {
      ...told,
      code: 'TOKEN_ENDPOINT_FAILED',
      isRetryable: true,
      hint: 'Try again later.',
      retryAt: limit.retryAt ?? retryAfter(headers),
      remoteCode,
    })
  }
  if (status === 401) {
    return new AuthRejectedError('GitHub rejected the JWT of the app.', {
      ...told,
      code: 'AUTH_REJECTED',
      hint: "Check that privateKey is a key of the app with this appId, and this machine's clock.",
    })
  }
  if (status === 403) {
    const isSuspended = /suspended/i.test(messageOf(reply))
    return new PermissionError(
      isSuspended ? 'The installation of the app is suspended.' : 'GitHub refused the app.',
      {
        ...told,
        code: 'PERMISSION_DENIED',
        hint: isSuspended
          ? 'Its owner can unsuspend it in the settings of the account that installed the app.'
          : 'Check the policies of the account that installed the app, such as its list of allowed IP addresses.',
      },
    )
  }
  if (isUnknownApp(reply)) {
    return invalid('appId', 'the id of an app at this host', status, 'GitHub knows no app with this appId.')
  }
  if (status === 404) {
    const field = (['installationId', 'repository', 'account'] as const).find(
      (name) => config[name] !== undefined,
    )
    const reason = 'The app is not installed there.'
    return invalid(field ?? 'installationId', 'where the app is installed', status, reason)
  }
  if (status === 422) {
    const isRepository = /repositor/i.test(messageOf(reply))
    const field = isRepository ? 'repositories' : 'permissions'
    const reason = `The installation was not granted all of ${field}.`
    return invalid(field, 'no more than the installation was granted', status, reason)
  }
  return new TokenEndpointError(`GitHub answered ${status} to the app.`, {
    ...told,
    code: 'TOKEN_ENDPOINT_FAILED',
    hint: 'Check that baseUrl is the root of a GitHub API.',
  })
}

function retryAfter(headers: Headers): Date | undefined {
  const waitMs = readRetryAfterMs(headers)
  return waitMs === undefined ? undefined : new Date(Date.now() + waitMs)
}

const hints: Readonly<Record<string, string>> = {
  appId:
    'Take the client id or app id from the settings of the app, and baseUrl of the host it is registered at.',
  repositories:
    'Name repositories that the app is installed on, or add them in the settings of the installation.',
  permissions: 'Ask for less, or let the owner of the account accept the new permissions of the app.',
}

function invalid(path: string, expected: string, status: number, reason: string): ConfigError {
  return new ConfigError(reason, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    status,
    hint: hints[path] ?? `Install the app on the account and its repositories, or correct ${path}.`,
    issues: [{ path, expected }],
  })
}
