import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ClientMetadata, type Configuration, type JWK, Provider } from 'oidc-provider'
import { onTestFinished } from 'vitest'

export interface OidcServer {
  url: string
  authorizationUrl: string
  tokenUrl: string
  deviceAuthorizationUrl: string
  /** Requests to the token endpoint: the parameters, and the status of the answer. */
  tokenRequests: { parameters: Record<string, string>; status: number }[]
}

export const clientId = 'test-client'
export const clientSecret = 'test-client-secret'
export const redirectUri = 'http://127.0.0.1:8976/callback'

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

const signingKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  format: 'jwk',
}) as JWK

const client: ClientMetadata = {
  client_id: clientId,
  client_secret: clientSecret,
  redirect_uris: [redirectUri],
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials', deviceGrant],
  response_types: ['code'],
  token_endpoint_auth_method: 'client_secret_post',
}

/**
 * A certified OpenID provider on a free loopback port that closes after the test: codes only with PKCE, refresh
 * tokens that rotate and die when reused, device codes, client credentials.
 */
export async function serveOidc(
  changes: Partial<ClientMetadata> = {},
  configuration: Configuration = {},
): Promise<OidcServer> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(url, {
    clients: [{ ...client, ...changes }],
    scopes: ['openid', 'offline_access', 'items'],
    cookies: { keys: ['test-cookie-key'] },
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      devInteractions: { enabled: true },
    },
    pkce: { required: () => true },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    ttl: {
      Interaction: 600,
      Session: 600,
      Grant: 600,
      IdToken: 600,
      AccessToken: 600,
      ClientCredentials: 600,
      DeviceCode: 600,
      RefreshToken: 600,
    },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    jwks: { keys: [signingKey] },
    ...configuration,
  })
  const tokenRequests: OidcServer['tokenRequests'] = []
  provider.use(async (context, next) => {
    await next()
    if (context.path !== '/token') return
    const { body = {} } = (context as { oidc?: { body?: Record<string, string> } }).oidc ?? {}
    tokenRequests.push({ parameters: { ...body }, status: context.status })
  })
  const handle = provider.callback()
  server.on('request', (request, response) => void handle(request, response))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  )
  return {
    url,
    authorizationUrl: `${url}/auth`,
    tokenUrl: `${url}/token`,
    deviceAuthorizationUrl: `${url}/device/auth`,
    tokenRequests,
  }
}

/**
 * Goes where a user's browser would: follows redirects, logs in and consents. Gives the URL that leads away from
 * the server, or the last one where the server has no more to ask. `answers` go into every form beside its own.
 */
export async function approve(
  server: OidcServer,
  start: string,
  answers: Record<string, string> = {},
): Promise<string> {
  const cookies = new Map<string, string>()
  let url = start
  let init: RequestInit = {}
  let asked: string | undefined
  for (let step = 0; step < 20; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const location = response.headers.get('location')
    const form = location === null ? readForm(await response.text()) : undefined
    if (location === null && !form) return url
    const shape = form && `${form.action} ${Object.keys(form.fields).join(' ')}`
    // The server asks the same again: it did not take the answers.
    if (shape !== undefined && shape === asked) return url
    asked = shape
    url = new URL(location ?? form?.action ?? '', url).href
    init = form ? { method: 'POST', body: new URLSearchParams({ ...form.fields, ...answers }) } : {}
    if (new URL(url).origin !== server.url) return url
  }
  throw new Error('The server asked for too much.')
}

function readForm(html: string): { action: string; fields: Record<string, string> } | undefined {
  const [form, action] = /<form[^>]*action="([^"]+)"[^>]*>.*?<\/form>/s.exec(html) ?? []
  if (form === undefined || action === undefined) return undefined
  const fields: Record<string, string> = {}
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]+)"/.exec(input)?.[1]
    if (name !== undefined) fields[name] = /value="([^"]*)"/.exec(input)?.[1] ?? 'test-user'
  }
  return { action, fields }
}
