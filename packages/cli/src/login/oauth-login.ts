import type { LoginClient, LoginEndpoints, OAuth2Tokens, Service, ServiceLogin } from '@agent/core'
import type { Context } from '../context.ts'
import { readSecret } from '../terminal/read-secret.ts'
import { usageError } from '../usage-error.ts'
import { browserLogin } from './browser-login.ts'
import { chosenActions, leastScopes, listed } from './chosen-actions.ts'
import { deviceLogin } from './device-login.ts'
import type { LoginFlags } from './login-flags.ts'
import type { NewCredential } from './new-credential.ts'

/** One login with OAuth, ready to begin. */
export interface OAuthLogin {
  service: Service
  flags: LoginFlags
  client: LoginClient
  endpoints: LoginEndpoints
  /** Space-separated; undefined asks for none. */
  scope: string | undefined
}

/** Has the user grant access at the service. */
export async function oauthLogin(
  context: Context,
  login: ServiceLogin,
  flags: LoginFlags,
): Promise<NewCredential> {
  const { service } = login
  const endpoints = login.endpoints(baseUrlOf(flags.baseUrl ?? service.baseUrl))
  const isDevice = flags.device ?? (flags.browser !== true && endpoints.deviceAuthorizationUrl !== undefined)
  const scopes = scopesOf(login, flags)
  const client = await clientOf(context, login, flags, isDevice)
  const scope = scopes.length > 0 ? scopes.join(' ') : undefined
  context.terminal.note(`Asking ${service.title} for: ${scope ?? 'no scopes'}`)
  const prepared = { service, flags, client, endpoints, scope }
  const tokens = await (isDevice ? deviceLogin : browserLogin)(context, prepared)
  return { auth: login.authOf(client, tokens), ...grantOf(tokens) }
}

function baseUrlOf(text: string): URL {
  const url = URL.parse(text)
  if (url) return url
  throw usageError(
    '--base-url is no URL.',
    'Give it with https://, as the documentation of the server has it.',
  )
}

function grantOf({ scope, refreshTokenExpiresAt }: OAuth2Tokens): Omit<NewCredential, 'auth'> {
  return {
    ...(scope !== undefined && { scope }),
    ...(refreshTokenExpiresAt !== undefined && { refreshTokenExpiresAt }),
  }
}

function scopesOf(login: ServiceLogin, { scopes, actions, readOnly }: LoginFlags): string[] {
  if (scopes !== undefined) return listed(scopes)
  return leastScopes(login, chosenActions(login, { actions, readOnly }))
}

async function clientOf(
  context: Context,
  { service, needsClientSecret, registrationUrl }: ServiceLogin,
  flags: LoginFlags,
  isDevice: boolean,
): Promise<LoginClient> {
  const variable = `${service.name.toUpperCase()}_CLIENT_ID`
  const clientId = flags.clientId ?? context.environment[variable]
  if (clientId === undefined || clientId === '')
    throw usageError(
      'The client id of an OAuth app is needed.',
      `Give it with --client-id or ${variable}. Apps are registered at ${registrationUrl}`,
    )
  const source = {
    name: 'client secret',
    file: flags.clientSecretFile,
    isStdin: flags.secretStdin,
    options: '--client-secret-file or --secret-stdin',
  }
  const isGiven = flags.clientSecretFile !== undefined || flags.secretStdin === true
  if (isDevice && !needsClientSecret && !isGiven) return { clientId }
  // Some apps have one in the browser flow, some have none.
  const secret = await (needsClientSecret
    ? readSecret(context, source)
    : readSecret(context, { ...source, isOptional: true }))
  return { clientId, ...(secret && { clientSecret: secret.reveal() }) }
}
