export interface FieldError {
  resource: string
  code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'unprocessable' | 'custom'
  field?: string
  message?: string
  value?: unknown
}

/** A refusal in the API's own shape; `documentation_url` and `status` are added when it is sent. */
export class GithubError extends Error {
  override readonly name = 'GithubError'
  readonly status: number
  readonly members: Record<string, unknown>
  readonly headers: Record<string, string>

  constructor(
    status: number,
    message: string,
    members: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(message)
    this.status = status
    this.members = members
    this.headers = headers
  }
}

export function notFound(message = 'Not Found'): GithubError {
  return new GithubError(404, message)
}

export function forbidden(message: string): GithubError {
  return new GithubError(403, message)
}

export function validationFailed(errors: FieldError[], message = 'Validation Failed'): GithubError {
  return new GithubError(422, message, { errors })
}

/** A body that does not fit the schema of the operation: 422 without an `errors` array. */
export function invalidRequest(problem: string): GithubError {
  return new GithubError(422, `Invalid request.\n\n${problem}`)
}

const docs = 'https://docs.github.com'

/** Root of the documentation as the API spells it, which differs on an Enterprise Server. */
export function documentationRoot(enterprise: boolean): string {
  return enterprise ? `${docs}/enterprise-server@3.21/rest` : `${docs}/rest`
}

const pages: [RegExp, string][] = [
  [/^\/applications\//, '/apps/oauth-applications'],
  [/\/installations?\b/, '/apps/apps'],
  [/^\/search\//, '/search/search'],
  [/\/issues\/.*comments/, '/issues/comments'],
  [/\/labels/, '/issues/labels'],
  [/\/reviews$/, '/pulls/reviews'],
  [/\/pulls/, '/pulls/pulls'],
  [/\/issues/, '/issues/issues'],
  [/^\/user$/, '/users/users'],
  [/^\/(repos|orgs|users|user)\//, '/repos/repos'],
]

/** The page that documents the operations of a path, relative to the root. */
export function documentationPage(path: string): string {
  return pages.find(([pattern]) => pattern.test(path))?.[1] ?? ''
}
