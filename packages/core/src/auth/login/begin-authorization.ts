import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomState } from 'oauth4webapi'
import { defined } from '../../errors/defined.ts'
import { ConfigError } from '../../errors/errors.ts'
import { parseConfiguredUrl } from '../../http/destination.ts'
import type { AuthorizationOptions, PendingAuthorization } from './authorization.ts'

export async function begin(
  options: AuthorizationOptions,
): Promise<{ url: string; pending: PendingAuthorization }> {
  const { clientId, tokenUrl, redirectUri, scope, authorizationParameters = {} } = options
  const url = parseConfiguredUrl('authorizationUrl', options.authorizationUrl)
  parseConfiguredUrl('tokenUrl', tokenUrl)
  assertRedirectUri(redirectUri)
  const codeVerifier = generateRandomCodeVerifier()
  const state = generateRandomState()
  const own = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    ...defined({ scope }),
    state,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  }
  for (const name of Object.keys(authorizationParameters)) {
    if (Object.hasOwn(own, name))
      throw invalid(`authorizationParameters.${name}`, 'a parameter that this function does not set itself')
  }
  url.search = new URLSearchParams({ ...authorizationParameters, ...own }).toString()
  return { url: url.href, pending: { state, codeVerifier, redirectUri, clientId, tokenUrl } }
}

function assertRedirectUri(value: string): void {
  const url = URL.parse(value)
  // A scheme of an app's own has a dot, as a reversed domain name has; `javascript:` has none.
  const isAppScheme = url?.protocol.includes('.') ?? false
  if (isAppScheme && url?.hash === '') return
  if (url?.protocol === 'https:' || url?.protocol === 'http:') {
    // A registered redirect URI may have a query.
    const withoutQuery = new URL(url)
    withoutQuery.search = ''
    parseConfiguredUrl('redirectUri', withoutQuery)
    return
  }
  throw invalid('redirectUri', 'an absolute https URL, http on loopback, or a URL of a scheme of your own')
}

function invalid(field: string, expected: string): ConfigError {
  return new ConfigError(`Invalid ${field}: expected ${expected}.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: `Correct ${field}.`,
    issues: [{ path: field, expected }],
  })
}
