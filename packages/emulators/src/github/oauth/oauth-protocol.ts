import type { GithubContext } from '../http/scope.ts'

export type Parameters = Record<string, unknown>
/** What an OAuth endpoint answers, errors included: always with status 200. */
export type Answer = Record<string, string | number>

/** The query, joined by what the body holds as JSON or as a form. */
export async function readParameters(c: GithubContext): Promise<Parameters> {
  const query = c.req.query()
  const body = await c.req.text()
  if (!body.trimStart().startsWith('{')) return { ...query, ...Object.fromEntries(new URLSearchParams(body)) }
  try {
    return { ...query, ...(JSON.parse(body) as Parameters) }
  } catch {
    return query
  }
}

/** Form-encoded unless JSON is asked for. */
export function send(c: GithubContext, answer: Answer): Response {
  c.header('cache-control', 'max-age=0, private, must-revalidate')
  if (c.req.header('accept')?.includes('application/json') === true) return c.json(answer)
  const form = Object.entries(answer).map(([name, value]): [string, string] => [name, String(value)])
  return c.body(new URLSearchParams(form).toString(), 200, {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  })
}

const docs = 'https://docs.github.com'
const tokenErrors = `${docs}/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/`
const deviceErrors = `${docs}/developers/apps/authorizing-oauth-apps`

export type Failure = Record<'error' | 'error_description' | 'error_uri', string>

export function failure(error: string, description: string): Failure {
  return { error, error_description: description, error_uri: `${tokenErrors}#${error.replaceAll('_', '-')}` }
}

/** @see https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#error-codes-for-the-device-flow */
export function deviceFailure(error: string, description: string): Failure {
  return {
    error,
    error_description: description,
    error_uri: `${deviceErrors}#error-codes-for-the-device-flow`,
  }
}

export function incorrectCredentials(): Failure {
  return failure('incorrect_client_credentials', 'The client_id and/or client_secret passed are incorrect.')
}
