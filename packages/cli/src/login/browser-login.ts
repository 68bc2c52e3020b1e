import {
  AuthRejectedError,
  finishAuthorization,
  type OAuth2Tokens,
  type PendingAuthorization,
  startAuthorization,
} from '@agent/core'
import type { Context } from '../context.ts'
import { usageError } from '../usage-error.ts'
import { type Loopback, listenOnLoopback } from './loopback-server.ts'
import type { OAuthLogin } from './oauth-login.ts'
import { untilAborted } from './until-aborted.ts'

/** Logs in by the user's browser, which the service sends back to this machine. */
export async function browserLogin(context: Context, login: OAuthLogin): Promise<OAuth2Tokens> {
  const { flags, client, endpoints, scope } = login
  const { port, path, redirectUri } = redirection(flags)
  const loopback = await listen(port, path)
  try {
    const options = { ...endpoints, ...client, fetch: context.fetch }
    const { url, pending } = await startAuthorization({
      ...options,
      scope,
      redirectUri: redirectUri ?? `http://127.0.0.1:${loopback.port}${path}`,
    })
    const answer = await awaitAnswer(context, login, { loopback, pending, url })
    return await untilAborted(context.signal, finishAuthorization(answer, pending, options))
  } finally {
    await loopback.close()
  }
}

async function awaitAnswer(
  { terminal, openPage, signal }: Context,
  { flags, service }: OAuthLogin,
  { loopback, pending, url }: { loopback: Loopback; pending: PendingAuthorization; url: string },
): Promise<URLSearchParams> {
  const answered = loopback.answerTo(pending.state)
  terminal.note(`Open this page to connect ${service.title}:\n${url}`)
  if (flags.open) {
    await openPage(url).catch(() => {
      terminal.note('The browser could not be opened: open the page yourself.')
    })
  }
  const waiting = terminal.waiting('Waiting for the browser')
  const late = AbortSignal.timeout(flags.timeout * 1000)
  try {
    return await untilAborted(AbortSignal.any([signal, late]), answered)
  } catch (error) {
    if (late.aborted && !signal.aborted) throw tooLate(flags.timeout)
    throw error
  } finally {
    waiting.stop()
  }
}

async function listen(port: number, path: string): Promise<Loopback> {
  try {
    return await listenOnLoopback({ port, path })
  } catch (error) {
    const { code = 'unknown' } = Object(error) as { code?: string }
    throw usageError(
      `The port ${port} of 127.0.0.1 cannot be used (${code}).`,
      'Choose another with --port, one that the app allows in its redirect URIs.',
    )
  }
}

const defaultPath = '/callback'

function redirection({ port, redirectUri }: OAuthLogin['flags']): {
  port: number
  path: string
  redirectUri?: string
} {
  if (redirectUri === undefined) return { port: port ?? 0, path: defaultPath }
  const url = URL.parse(redirectUri)
  if (url === null || !/^https?:$/.test(url.protocol))
    throw usageError(
      '--redirect-uri is no URL of http or https.',
      'Give it as it is registered at the service.',
    )
  const isLoopback = url.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname)
  const listening = port ?? (isLoopback ? Number(url.port || 80) : undefined)
  if (listening === undefined)
    throw usageError(
      '--redirect-uri leads to another machine.',
      'Say with --port where it comes back to this one.',
    )
  return { port: listening, path: url.pathname, redirectUri }
}

const tooLate = (seconds: number) =>
  new AuthRejectedError(`Nothing came back from the browser within ${seconds} s.`, {
    code: 'AUTHORIZATION_EXPIRED',
    outcome: 'not_sent',
    hint: 'Run the command again. Where this machine has no browser, use --device if the service has that, or open the page through a tunnel.',
  })
