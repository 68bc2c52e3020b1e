import { createMiddleware } from 'hono/factory'
import type { AccessToken, Account } from '../account/state.ts'
import type { HubspotEnvironment } from './environment.ts'
import { HubspotError } from './hubspot-error.ts'

/** Lets a request pass with a bearer token that is known, not expired and not revoked. */
export function authentication(account: Account) {
  return createMiddleware<HubspotEnvironment>(async (c, next) => {
    c.set('token', acceptedToken(account, c.req.header('authorization')))
    await next()
  })
}

function acceptedToken({ state, now }: Account, header: string | undefined): AccessToken {
  const presented = /^Bearer (\S+)$/i.exec(header ?? '')?.[1]
  if (presented === undefined) {
    throw unauthenticated(
      'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find ' +
        'more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
    )
  }
  const token = state.accessTokens.get(presented)
  if (token === undefined || token.revoked === true) {
    throw unauthenticated('The access token is unknown or was revoked.')
  }
  if (token.expiresAt !== undefined && token.expiresAt <= now()) throw expired(token.expiresAt, now())
  return token
}

function unauthenticated(message: string): HubspotError {
  return new HubspotError(401, 'INVALID_AUTHENTICATION', message)
}

function expired(expiresAt: number, now: number): HubspotError {
  const seconds = Math.floor((now - expiresAt) / 1000)
  return new HubspotError(
    401,
    'EXPIRED_AUTHENTICATION',
    `The OAuth token used to make this call expired ${seconds} second(s) ago.`,
    { context: { 'expire time': [new Date(expiresAt).toISOString()] } },
  )
}
