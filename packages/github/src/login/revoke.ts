import {
  AuthRejectedError,
  basic,
  bearer,
  type CredentialValue,
  type InspectOptions,
  PermissionError,
  readCredential,
  ReauthRequiredError,
  RemoteError,
} from '@agent/core'
import type { GithubAuthConfig, GithubOAuthAuthConfig } from '../auth.ts'
import { github } from '../service.ts'
import { getViewer } from '../viewer/get.ts'
import { deleteGrant, deleteToken, revokeCredentials } from './actions.ts'
import { connectAndWatch, connectAs } from './connect.ts'
import { protecting } from './protecting.ts'

/**
 * Makes a credential useless at GitHub.
 *
 * With the secret of its app, an OAuth token is deleted; where there is a refresh token, the whole grant of the
 * user is, and with it the app's other tokens of that user, since nothing less is documented to end a refresh
 * token. Other tokens go to GitHub's revocation API for credentials, which takes them at github.com and ghe.com,
 * and personal access tokens at an Enterprise Server; it tells their owner by mail, and its work may take a
 * moment. False where there is no such API, and for an installation: its key is deleted in the app's settings.
 *
 * @see https://docs.github.com/en/rest/apps/oauth-applications
 * @see https://docs.github.com/en/rest/credentials/revoke
 */
export async function revoke(auth: GithubAuthConfig, options: InspectOptions = {}): Promise<boolean> {
  // Throws for an auth config that is wrong.
  connectAndWatch(auth, options, () => undefined)
  switch (auth.type) {
    case 'appInstallation':
      return false
    case 'personalAccessToken':
      return report([(await readCredential('token', auth.token)).reveal()], options)
    case 'oauth': {
      if (auth.clientId !== undefined && auth.clientSecret !== undefined)
        return deleteAsClient({ ...auth, clientId: auth.clientId, clientSecret: auth.clientSecret }, options)
      if (!isPublicHost(options)) return false
      const { accessToken, refreshToken } = auth
      return report(
        [accessToken, refreshToken].flatMap((token) => token ?? []),
        options,
      )
    }
  }
}

type OfClient = GithubOAuthAuthConfig & { clientId: string; clientSecret: CredentialValue }

async function deleteAsClient(auth: OfClient, options: InspectOptions): Promise<boolean> {
  const { accessToken, refreshToken } = auth
  if (accessToken !== undefined && (await deleteKnown(auth, accessToken, options))) return true
  // GitHub did not know the access token; the refresh token may still be good.
  const renewed = refreshToken === undefined ? undefined : await renew(auth, options)
  if (renewed !== undefined) await deleteKnown(auth, renewed, options)
  return true
}

/** False where GitHub knows no such token of this app, and the token is good for nothing else either. */
async function deleteKnown(auth: OfClient, token: string, options: InspectOptions): Promise<boolean> {
  const { clientId, clientSecret, refreshToken } = auth
  const client = protecting([token], basic({ username: clientId, password: clientSecret }))
  const connection = connectAs(client, options, 'Check clientId and clientSecret against the app.')
  const input = { client_id: clientId, access_token: token }
  const call = { signal: options.signal }
  try {
    await (refreshToken === undefined
      ? connection.run(deleteToken, input, call)
      : connection.run(deleteGrant, input, call))
    return true
  } catch (error) {
    if (!RemoteError.isInstance(error) || (error.status !== 404 && error.status !== 422)) throw error
    if (await isGood({ type: 'oauth', accessToken: token }, options)) throw error
    return false
  }
}

async function isGood(auth: GithubAuthConfig, options: InspectOptions): Promise<boolean> {
  try {
    await connectAndWatch(auth, options, () => undefined).run(getViewer, {}, { signal: options.signal })
    return true
  } catch (error) {
    if (AuthRejectedError.isInstance(error) && error.status === 401) return false
    throw error
  }
}

/** A new access token; undefined where the refresh token is dead too. */
async function renew(auth: OfClient, options: InspectOptions): Promise<string | undefined> {
  const { accessToken: _, expiresAt: __, ...rest } = auth
  let renewed: string | undefined
  const onTokens: OfClient['onTokens'] = async (tokens) => {
    await auth.onTokens?.(tokens)
    renewed = tokens.accessToken
  }
  try {
    await isGood({ ...rest, onTokens }, options)
  } catch (error) {
    if (!ReauthRequiredError.isInstance(error)) throw error
  }
  return renewed
}

/** @see https://docs.github.com/en/rest/credentials/revoke#revoke-a-list-of-credentials */
async function report(credentials: string[], options: InspectOptions): Promise<boolean> {
  // An Enterprise Server wants the request authenticated; elsewhere GitHub refuses one that is.
  const [token = ''] = credentials
  const authorization = { headers: {}, generation: undefined }
  const nobody = { authorize: () => Promise.resolve(authorization) }
  const sender = isPublicHost(options) ? nobody : bearer({ token })
  const connection = connectAs(protecting(credentials, sender), options)
  try {
    await connection.run(revokeCredentials, { credentials }, { signal: options.signal })
    return true
  } catch (error) {
    // Whoever asks is the token itself: it is dead already.
    if (AuthRejectedError.isInstance(error) && error.status === 401) return true
    const isAbsent = RemoteError.isInstance(error) && error.status === 404
    if (isAbsent || PermissionError.isInstance(error)) return false
    throw error
  }
}

function isPublicHost({ baseUrl = github.baseUrl }: InspectOptions): boolean {
  return /^api\.(github\.com|[^.]+\.ghe\.com)$/.test(new URL(baseUrl).hostname)
}
