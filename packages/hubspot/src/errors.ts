import type { ErrorReply, RemoteErrorDetails } from '@agent/core'
import { type HubspotErrorBody, type HubspotErrorEntry, readErrorBody } from './error-body.ts'
import { readLimit } from './rate-limits.ts'

const lockMs = 2000

/**
 * What HubSpot's error bodies and headers say beyond the status.
 *
 * @see https://developers.hubspot.com/docs/api-reference/error-handling
 */
export function readHubspotError(reply: ErrorReply): RemoteErrorDetails {
  const body = readErrorBody(reply.json)
  return {
    message: messageOf(body),
    requestId: body.correlationId,
    // A limit's own name says more than the category that all limits share.
    remoteCode: body.policyName ?? body.category,
    issues: issuesOf(body),
    ...specificsOf(reply, body),
  }
}

function specificsOf({ status, headers }: ErrorReply, body: HubspotErrorBody): RemoteErrorDetails {
  const { category, message = '' } = body
  if (status === 429) return readLimit(headers, body)
  if (status === 423) {
    return { code: 'RATE_LIMITED', retryAt: new Date(Date.now() + lockMs), hint: lockedHint }
  }
  if (status === 477) return { code: 'RATE_LIMITED', hint: migrationHint }
  if (category === 'MISSING_SCOPES') return { code: 'PERMISSION_DENIED', hint: scopeHint(body) }
  if (category === 'EXPIRED_AUTHENTICATION') return { hint: expiredHint }
  if (status === 409) return { hint: conflictHint(message) }
  return {}
}

const lockedHint =
  'Many writes at once have locked these records; wait until retryAt and write in smaller steps.'
const migrationHint = 'HubSpot is moving the account to another data centre; nothing works before retryAt.'
const expiredHint = 'The access token has expired: give a new one, or use oauth, which renews it.'

const scopeKeys = ['requiredGranularScopes', 'requiredScopes']

function scopeHint({ errors, context }: HubspotErrorBody): string | undefined {
  const contexts = [...errors.map((entry) => entry.context), context]
  const scopes = new Set(contexts.flatMap((each) => scopeKeys.flatMap((key) => each?.[key] ?? [])))
  return scopes.size === 0
    ? undefined
    : `Grant the credential one of these scopes: ${[...scopes].join(', ')}.`
}

function conflictHint(message: string): string | undefined {
  const [, id] = /existing id:\s*(\d+)/i.exec(message) ?? []
  return id === undefined ? undefined : `It exists already, with the id ${id}: update that one instead.`
}

function issuesOf({ category, errors }: HubspotErrorBody): RemoteErrorDetails['issues'] {
  // What is missing there is a scope, not a parameter.
  if (category === 'MISSING_SCOPES') return undefined
  const issues = errors.flatMap((entry) =>
    propertiesOf(entry).map((path) => ({ path, expected: `another value (${entry.code ?? 'INVALID'})` })),
  )
  return issues.length === 0 ? undefined : issues
}

const propertiesOf = ({ context }: HubspotErrorEntry): readonly string[] =>
  context?.['propertyName'] ?? context?.['properties'] ?? []

function messageOf({ message, errors }: HubspotErrorBody): string | undefined {
  const details = errors
    .map((entry) => entry.message)
    .filter((each) => each !== undefined && each !== message)
  const said = [message, details.length === 0 ? undefined : `(${details.join('; ')})`].filter(Boolean)
  return said.length === 0 ? undefined : said.join(' ')
}
