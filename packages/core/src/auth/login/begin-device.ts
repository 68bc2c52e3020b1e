import { defined } from '../../errors/defined.ts'
import { parseConfiguredUrl } from '../../http/destination.ts'
import { Secret } from '../secret.ts'
import type { GrantContext } from '../token-endpoint.ts'
import { readExpiresIn } from '../token-lifetime.ts'
import { unusable } from '../token-reply.ts'
import type { DeviceAuthorization, DeviceAuthorizationOptions } from './device.ts'
import { DevicePoll } from './device-poll.ts'
import { loginContext } from './login-context.ts'
import { deviceCodes } from './login-grants.ts'

const defaultIntervalMs = 5_000

export async function begin(options: DeviceAuthorizationOptions): Promise<DeviceAuthorization> {
  const { clientId, tokenUrl, scope, now = Date.now } = options
  const url = parseConfiguredUrl('deviceAuthorizationUrl', options.deviceAuthorizationUrl)
  const origins = [url, parseConfiguredUrl('tokenUrl', tokenUrl)]
  const asked = now()
  const codes = await deviceCodes(options.deviceAuthorizationUrl, defined({ scope }), {
    options,
    clientId,
    previous: {},
    now,
    context: loginContext(origins, options),
  })
  const { user_code, verification_uri, verification_uri_complete, expires_in, interval } = codes
  const lifetime = readExpiresIn(expires_in)
  if (lifetime === undefined || Number.isNaN(lifetime)) throw unusable('expires_in', 'a number of seconds')
  const expiresAt = asked + lifetime * 1000
  const intervalMs = interval === undefined ? defaultIntervalMs : interval * 1000
  // Each poll is one request: between polls there is waiting enough.
  const context = loginContext(origins, options, 1)
  const deviceCode = new Secret(codes.device_code)
  context.protect(deviceCode)
  const given: GrantContext = { options, clientId, previous: {}, now, context }
  const poll = new DevicePoll({ deviceCode, expiresAt, intervalMs, given, wait: options.wait })
  return {
    userCode: user_code,
    verificationUri: webPage('verification_uri', verification_uri),
    ...(verification_uri_complete !== undefined && {
      verificationUriComplete: webPage('verification_uri_complete', verification_uri_complete),
    }),
    expiresAt: new Date(expiresAt),
    intervalMs,
    poll: (pollOptions) => poll.run(pollOptions),
  }
}

/** Apps open it in a browser, so it must be a page and nothing else. */
function webPage(field: string, value: string): string {
  const { protocol } = URL.parse(value) ?? {}
  if (protocol === 'https:' || protocol === 'http:') return value
  throw unusable(field, 'the URL of a web page')
}
