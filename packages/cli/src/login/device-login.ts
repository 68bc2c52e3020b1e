import { AuthRejectedError, type OAuth2Tokens, startDeviceAuthorization } from '@agent/core'
import type { Context } from '../context.ts'
import { usageError } from '../usage-error.ts'
import type { OAuthLogin } from './oauth-login.ts'
import { untilAborted } from './until-aborted.ts'

/** Logs in by a code that the user types in on any device. */
export async function deviceLogin(context: Context, login: OAuthLogin): Promise<OAuth2Tokens> {
  const { flags, client, endpoints, scope, service } = login
  const { deviceAuthorizationUrl } = endpoints
  if (deviceAuthorizationUrl === undefined)
    throw usageError(
      `${service.title} has no device flow.`,
      'Leave --device out: the login goes by the browser.',
    )
  const { terminal, signal, fetch } = context
  const options = { ...endpoints, ...client, deviceAuthorizationUrl, scope, fetch }
  const device = await untilAborted(signal, startDeviceAuthorization(options))
  terminal.note(`Open ${device.verificationUri} and enter this code: ${device.userCode}`)
  const waiting = terminal.waiting('Waiting for the approval')
  const late = AbortSignal.timeout(flags.timeout * 1000)
  try {
    return await device.poll({ signal: AbortSignal.any([signal, late]) })
  } catch (error) {
    if (late.aborted && !signal.aborted) throw tooLate(flags.timeout)
    throw error
  } finally {
    waiting.stop()
  }
}

const tooLate = (seconds: number) =>
  new AuthRejectedError(`The code was not approved within ${seconds} s.`, {
    code: 'AUTHORIZATION_EXPIRED',
    outcome: 'not_sent',
    hint: 'Run the command again, and enter the new code.',
  })
