import { AuthRejectedError } from '../../errors/errors.ts'
import type { FinishAuthorizationOptions, PendingAuthorization } from './authorization.ts'

export const startAgain = 'Let the user start again, with a new startAuthorization.'

/**
 * The code in an answer that belongs to the pending login. Throws AuthRejectedError for any other answer; a
 * login whose own answer has come is over, whatever the answer says.
 */
export function readCallback(
  callback: string | URL | URLSearchParams,
  pending: PendingAuthorization,
  { clientId, tokenUrl, issuer, isIssuerSent = false }: FinishAuthorizationOptions,
): string {
  if (!isPending(pending)) throw answerInvalid('No login is pending here')
  // An answer of one server must not be taken to another.
  if (pending.clientId !== clientId || pending.tokenUrl !== tokenUrl)
    throw answerInvalid('The pending login is one of another client or server')
  const parameters = parametersOf(callback, pending)
  const state = only(parameters, 'state')
  if (state === undefined || !isSame(state, pending.state))
    throw answerInvalid(`The answer's state is ${state === undefined ? 'missing' : 'not that of this login'}`)
  claim(state)
  const sentIssuer = only(parameters, 'iss')
  if (issuer !== undefined && sentIssuer !== issuer && (sentIssuer !== undefined || isIssuerSent))
    throw answerInvalid(`The answer's issuer is ${sentIssuer === undefined ? 'missing' : 'another'}`)
  const error = only(parameters, 'error')
  if (error !== undefined) throw denied(error)
  const code = only(parameters, 'code')
  if (code === undefined || code === '') throw answerInvalid('The answer has no code')
  return code
}

function parametersOf(
  callback: string | URL | URLSearchParams,
  { redirectUri }: PendingAuthorization,
): URLSearchParams {
  if (callback instanceof URLSearchParams) return callback
  const url = URL.parse(callback, redirectUri)
  if (url) return url.searchParams
  throw answerInvalid('The callback is no URL')
}

/** A parameter that stands there twice is one that somebody added. */
function only(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = parameters.getAll(name)
  if (others.length > 0) throw answerInvalid(`The answer has more than one "${name}"`)
  return value
}

function isPending(value: unknown): value is PendingAuthorization {
  if (typeof value !== 'object' || value === null) return false
  const { state, codeVerifier, redirectUri } = value as Partial<Record<string, unknown>>
  const isText = [state, redirectUri].every((text) => typeof text === 'string' && text !== '')
  return isText && typeof codeVerifier === 'string' && /^[\w.~-]{43,128}$/.test(codeVerifier)
}

/** Takes the same time wherever the texts differ. */
function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let index = 0; index < other.length; index++)
    difference |= (one.charCodeAt(index) || 0) ^ other.charCodeAt(index)
  return difference === 0
}

// Sessions are stored and read back, so one login is several objects; its state tells that they are one.
const claimed = new Set<string>()
const maxClaimed = 10_000

function claim(state: string): void {
  if (claimed.has(state)) throw answerInvalid('This login has been finished already')
  claimed.add(state)
  const [oldest] = claimed
  if (claimed.size > maxClaimed && oldest !== undefined) claimed.delete(oldest)
}

const nameOf = (error: string) => (/^[\w.-]{1,64}$/.test(error) ? error : 'unprintable')

function denied(error: string): AuthRejectedError {
  const remoteCode = nameOf(error)
  const isUser = remoteCode === 'access_denied'
  return new AuthRejectedError(
    isUser ? 'The user did not grant access.' : `The server granted no access (${remoteCode}).`,
    {
      code: 'AUTHORIZATION_DENIED',
      outcome: 'not_sent',
      hint: isUser
        ? 'Ask the user, and start again if access is wanted after all.'
        : 'Check clientId, redirectUri and scope against the settings of the app at the service.',
      remoteCode,
    },
  )
}

export function answerInvalid(
  problem: string,
  details: { remoteCode?: string; status?: number } = {},
): AuthRejectedError {
  const named = details.remoteCode === undefined ? '' : ` (${details.remoteCode})`
  return new AuthRejectedError(`${problem}${named}.`, {
    ...details,
    code: 'AUTHORIZATION_INVALID',
    outcome: 'not_sent',
    hint: startAgain,
  })
}
