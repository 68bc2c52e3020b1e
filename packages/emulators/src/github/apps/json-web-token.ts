import { verify } from 'node:crypto'
import { GithubError, notFound } from '../http/errors.ts'
import type { App, GithubState } from '../state/types.ts'

const longestLifeSeconds = 600

/**
 * The app that a JSON web token speaks for; 401 for what is no valid one, 404 for an unknown issuer.
 * @see https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 */
export function appOf(state: GithubState, authorization: string | undefined, now: number): App {
  const presented = /^bearer +([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(authorization?.trim() ?? '')
  const [, head = '', payload = '', signature = ''] = presented ?? []
  const { alg } = decode(head)
  const { iss, iat, exp } = decode(payload)
  if (alg !== 'RS256' || (typeof iss !== 'string' && typeof iss !== 'number')) throw undecodable()
  const app = [...state.apps.values()].find(({ appId, clientId }) =>
    [String(appId), clientId].includes(String(iss)),
  )
  if (!app) throw notFound('Integration not found')
  const isSigned = app.publicKeys.some((key) =>
    verify('sha256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url')),
  )
  if (!isSigned) throw undecodable()
  checkTimes(iat, exp, now / 1000)
  return app
}

function checkTimes(iat: unknown, exp: unknown, now: number): void {
  if (!Number.isInteger(iat) || Number(iat) > now) {
    throw unauthorized(
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    )
  }
  if (!Number.isInteger(exp) || Number(exp) <= now) {
    throw unauthorized(
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    )
  }
  if (Number(exp) > now + longestLifeSeconds) {
    throw unauthorized("'Expiration time' claim ('exp') is too far in the future")
  }
}

function decode(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
  } catch {
    throw undecodable()
  }
}

const unauthorized = (message: string) => new GithubError(401, message)
const undecodable = () => unauthorized('A JSON web token could not be decoded')
