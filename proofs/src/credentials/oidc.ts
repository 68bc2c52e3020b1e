import type { KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalJWKSet, exportJWK, jwtVerify } from 'jose'
import { Provider } from 'oidc-provider'

export const clientId = 'proof-client'
export const clientSecret = 'proof-client-secret'

const jwtGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/**
 * A certified OpenID provider whose refresh tokens rotate and whose grants end when one is used again, with an
 * API that its access tokens open. It has one addition: the JWT bearer grant, which it leaves to extensions.
 */
export async function startOidc(keys: { publicKey: KeyObject; privateKey: KeyObject }) {
  const server = createServer()
  const url = await listen(server)
  const provider = new Provider(url, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${url}/callback`],
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials', jwtGrant],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    scopes: ['openid', 'offline_access', 'items'],
    cookies: { keys: ['proof-cookie-key'] },
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
    rotateRefreshToken: true,
    ttl: { AccessToken: 3600, ClientCredentials: 3600, Grant: 86_400, IdToken: 3600, RefreshToken: 86_400 },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    jwks: { keys: [keys.privateKey.export({ format: 'jwk' })] },
  })
  const verificationKey = createLocalJWKSet({
    keys: [{ ...(await exportJWK(keys.publicKey)), alg: 'RS256' }],
  })
  provider.registerGrantType(
    jwtGrant,
    async (context) => {
      const { client } = context.oidc
      const { assertion } = context.oidc.params as { assertion?: string }
      await jwtVerify(assertion ?? '', verificationKey, { audience: url, issuer: clientId })
      const token = new provider.ClientCredentials({ client: client, scope: 'items' })
      context.body = {
        access_token: await token.save(),
        expires_in: token.expiration,
        token_type: 'Bearer',
        scope: 'items',
      }
    },
    ['assertion'],
  )

  let tokenRequests = 0
  const good = new Set<string>()
  provider.use(async (context, next) => {
    await next()
    if (context.path !== '/token') return
    tokenRequests += 1
    const { access_token: issued } = Object(context.body) as { access_token?: string }
    if (issued !== undefined) good.add(issued)
  })
  const handle = provider.callback()
  server.on('request', (request, response) => void handle(request, response))

  const api = createServer((request, response) => {
    const isGood = good.has(bearerOf(request))
    response.writeHead(isGood ? 200 : 401, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isGood ? { id: 1 } : { message: 'expired' }))
  })
  const apiUrl = await listen(api)
  return {
    started: { url, apiUrl, refreshToken: await issueRefreshToken(provider) },
    privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    tokenRequests: () => tokenRequests,
    expire: () => {
      good.clear()
    },
  }
}

async function issueRefreshToken(provider: Provider): Promise<string> {
  const client = await provider.Client.find(clientId)
  if (!client) throw new Error('The client is not registered.')
  const grant = new provider.Grant({ accountId: 'proof', clientId })
  grant.addOIDCScope('openid offline_access items')
  const grantId = await grant.save()
  const token = new provider.RefreshToken({
    client,
    accountId: 'proof',
    grantId,
    gty: 'authorization_code',
    scope: 'openid offline_access items',
  })
  return token.save()
}

const bearerOf = ({ headers: { authorization = '' } }: IncomingMessage) =>
  authorization.slice('Bearer '.length)

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
