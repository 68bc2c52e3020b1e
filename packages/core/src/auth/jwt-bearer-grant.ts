import type { ConnectorError } from '../errors/connector-error.ts'
import { AuthRejectedError } from '../errors/errors.ts'
import { importPrivateKey } from '../jwt/private-key.ts'
import { ServerClock } from '../jwt/server-clock.ts'
import { signJwt } from '../jwt/sign-jwt.ts'
import type { AuthContext } from './authenticator.ts'
import { readCredential } from './credential-value.ts'
import type { JwtBearerOptions } from './jwt-bearer.ts'
import { assertionTokens } from './oauth2-grants.ts'
import type { Secret } from './secret.ts'
import type { Refusal } from './token-refusal.ts'
import type { Grant } from './token-session.ts'

const threeMinutesMs = 3 * 60_000

/** Gets tokens for assertions, signed by the clock of the server. */
export function jwtBearerGrant(options: JwtBearerOptions): Grant['request'] {
  const clock = new ServerClock()
  const { clientId, scope, tokenParameters } = options
  const endpoint = {
    ...options,
    tokenParameters: { ...tokenParameters, ...(scope !== undefined && { scope }) },
  }

  return async (previous, context, now) => {
    let headers = new Headers()
    const watched: AuthContext = {
      ...context,
      async sendTokenRequest(sent) {
        const reply = await context.sendTokenRequest(sent)
        headers = reply.headers
        return reply
      },
    }
    const given = { options: endpoint, clientId, previous, now, context: watched, refusal }
    const request = async () =>
      assertionTokens(await assertion(options, context, now() + clock.skewMs), given)
    try {
      return await request()
    } catch (error) {
      if (!AuthRejectedError.isInstance(error) || !clock.learn(headers, now())) throw error
      return request()
    }
  }
}

async function assertion(options: JwtBearerOptions, context: AuthContext, now: number): Promise<Secret> {
  const { algorithm, claims, lifetimeMs = threeMinutesMs } = options
  const pem = await readCredential('privateKey', options.privateKey)
  context.protect(pem)
  const key = await importPrivateKey(pem, { algorithm })
  const further = typeof claims === 'function' ? claims() : claims
  return signJwt({ ...options, claims: further, key, now, lifetimeMs })
}

function refusal({ status, remoteCode }: Refusal): ConnectorError | undefined {
  if (remoteCode !== 'invalid_grant' && remoteCode !== 'invalid_client') return undefined
  return new AuthRejectedError(`The token endpoint rejected the signed assertion (${remoteCode}).`, {
    code: 'AUTH_REJECTED',
    outcome: 'not_sent',
    hint: "Check issuer, subject, audience and privateKey against the app's settings at the service, that the app may act for the subject, and this machine's clock.",
    status,
    remoteCode,
  })
}
