import type { Catalogue, Connector, ConnectorClass } from '../action/connector.ts'
import type { AnyAction } from '../action/define-action.ts'
import type { Service } from '../action/service.ts'
import type { DriftEvent } from '../http/events.ts'
import type { ActionFixture } from './describe-connector.ts'

export interface Subject {
  Class: ConnectorClass<Service, Catalogue>
  action: AnyAction
  fixture: ActionFixture
  auth: unknown
  secret: string
}

export interface SentRequest {
  method: string
  /** Path and query below the base URL. */
  path: string
  headers: Headers
  body: unknown
}

export interface Harness {
  connector: Connector
  sent: SentRequest[]
  drift: DriftEvent[]
}

type Reply = ActionFixture['reply']

/** A connector whose network is a function; `sent` tells what would have gone out. */
export function harness({ Class, auth }: Subject, reply: (request: SentRequest) => Reply): Harness {
  const sent: SentRequest[] = []
  const drift: DriftEvent[] = []
  const connector = new Class({
    auth,
    maxAttempts: 1,
    onDrift: (event) => drift.push(event),
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url)
      const text = await request.text()
      const body: unknown = text === '' ? undefined : JSON.parse(text)
      const { method, headers } = request
      const entry = { method, path: pathname + search, headers, body }
      sent.push(entry)
      return respond(reply(entry))
    },
  })
  return { connector, sent, drift }
}

function respond({ status, headers, body }: Reply): Response {
  const isEmpty = body === undefined
  return new Response(isEmpty ? null : JSON.stringify(body), {
    status,
    headers: { ...(isEmpty ? {} : { 'content-type': 'application/json' }), ...headers },
  })
}

/** Calls the subject's action as an agent does: by name, with whatever parameters. */
export function call(
  { connector }: Harness,
  { action }: Subject,
  input: unknown,
): Promise<{ data: unknown }> {
  const [entity = '', name = ''] = action.name.split('.')
  return connector.execute(entity, name, input)
}
