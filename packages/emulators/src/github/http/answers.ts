import type { Json } from '../render/values.ts'
import type { GithubContext } from './scope.ts'

/** 201 with the Location of what was created: its own `url`. */
export function created(c: GithubContext, body: Json): Response {
  c.header('location', String(body['url']))
  return c.json(body, 201)
}

export function noContent(c: GithubContext): Response {
  return c.body(null, 204)
}
