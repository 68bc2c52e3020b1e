import { ValidationError } from '../errors/errors.ts'
import type { Path } from './path.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type QueryValue = string | number | boolean | readonly (string | number)[] | undefined

/** A request as pure data. It never sees a credential. */
export interface ActionRequest {
  method: Method
  path: Path
  /** Undefined values are left out; lists are joined with commas, as most services read them. */
  query?: Readonly<Record<string, QueryValue>>
  /** Sent as JSON. */
  body?: unknown
}

/**
 * The URL of a request below a base URL. The path is read back: had the URL parser made anything else of it,
 * ValidationError (`INPUT_INVALID`) is thrown and nothing is sent.
 */
export function urlOf(request: ActionRequest, baseUrl: URL): URL {
  const url = new URL(baseUrl)
  const pathname = baseUrl.pathname.replace(/\/$/, '') + request.path.value
  url.pathname = pathname
  if (url.pathname !== pathname) {
    throw new ValidationError('Invalid path parameter: it changes the path of the request.', {
      code: 'INPUT_INVALID',
      outcome: 'not_sent',
      hint: 'Give the plain identifier, as the service shows it.',
    })
  }
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined)
      url.searchParams.set(name, Array.isArray(value) ? value.join(',') : String(value))
  }
  return url
}

/** The body as JSON. Throws ValidationError (`INPUT_INVALID`) for one that JSON cannot hold. */
export function bodyOf({ body }: ActionRequest): string | undefined {
  try {
    return body === undefined ? undefined : JSON.stringify(body)
  } catch {
    // The platform's message would name keys of the value.
    throw new ValidationError('Invalid parameters: they cannot be written as JSON.', {
      code: 'INPUT_INVALID',
      outcome: 'not_sent',
      hint: 'Give plain JSON values: no cycles and no bigint.',
    })
  }
}
