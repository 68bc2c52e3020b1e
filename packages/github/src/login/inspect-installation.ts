import {
  type Access,
  type Authenticator,
  type Connection,
  type CredentialReport,
  type InspectOptions,
  readCredential,
  RemoteError,
  Secret,
} from '@agent/core'
import { importPrivateKey, signJwt } from '@agent/core/jwt'
import type { GithubAppInstallationAuthConfig } from '../auth.ts'
import {
  getInstallation,
  getOrganizationInstallation,
  getRateLimit,
  getRepositoryInstallation,
  getUserInstallation,
  type Installation,
} from './actions.ts'
import { connectAndWatch, connectAs } from './connect.ts'

const jwtHint = "Check that privateKey is a key of the app with this appId, and this machine's clock."

/**
 * What GitHub says of an installation: whose it is, and its permissions. A token is got first, so that a
 * narrowing that GitHub refuses and a suspended installation are errors here as they are in a call.
 */
export async function inspectInstallation(
  auth: GithubAppInstallationAuthConfig,
  options: InspectOptions,
): Promise<CredentialReport> {
  let now = Date.now()
  const installed = connectAndWatch(auth, options, (headers) => {
    // A JWT is judged by GitHub's clock.
    now = Date.parse(headers.get('date') ?? '') || now
  })
  await installed.run(getRateLimit, {}, { signal: options.signal })
  const app = connectAs(asApp(auth, now), options, jwtHint)
  const found = await find(app, auth, options.signal)
  const account = found.account.login ?? found.account.slug ?? String(auth.installationId)
  return {
    account,
    ...(typeof found.app_slug === 'string' && { displayName: `${found.app_slug} on ${account}` }),
    fineGrained: accessOf(auth.permissions ?? found.permissions ?? {}),
  }
}

/** @see https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
function asApp({ appId, privateKey }: GithubAppInstallationAuthConfig, now: number): Authenticator {
  return {
    async authorize(context) {
      const pem = await readCredential('privateKey', privateKey)
      context.protect(pem)
      const jwt = await signJwt({ key: await importPrivateKey(pem), issuer: String(appId), now })
      context.protect(jwt)
      return { headers: { authorization: new Secret(`Bearer ${jwt.reveal()}`) }, generation: jwt }
    },
  }
}

async function find(
  app: Connection,
  { installationId, account = '', repository }: GithubAppInstallationAuthConfig,
  signal: AbortSignal | undefined,
): Promise<Installation> {
  if (installationId !== undefined)
    return app.run(getInstallation, { installation_id: String(installationId) }, { signal })
  if (repository !== undefined) {
    const [owner = '', repo = ''] = repository.split('/')
    return app.run(getRepositoryInstallation, { owner, repo }, { signal })
  }
  try {
    return await app.run(getOrganizationInstallation, { org: account }, { signal })
  } catch (error) {
    if (!RemoteError.isInstance(error) || error.status !== 404) throw error
    return app.run(getUserInstallation, { username: account }, { signal })
  }
}

const isAccess = (value: string): value is Access => ['read', 'write', 'admin'].includes(value)

/** Every token may read metadata, asked for or not. */
function accessOf(permissions: Readonly<Record<string, string>>): Record<string, Access> {
  const granted = { metadata: 'read', ...permissions }
  return Object.fromEntries(
    Object.entries(granted).flatMap(([name, access]) => (isAccess(access) ? [[name, access]] : [])),
  )
}
