import type { Authenticator } from '../auth/authenticator.ts'
import { deferred } from '../auth/deferred.ts'
import { isStored, storedAuthSchema } from '../credentials/stored-auth-config.ts'
import { defined } from '../errors/defined.ts'
import { HttpClient } from '../http/client.ts'
import { parseConfiguredUrl } from '../http/destination.ts'
import type { HttpReply } from '../http/exchange.ts'
import { Redactor } from '../http/redactor.ts'
import { type ActionCall, type CallContext, runCall } from './action-call.ts'
import { type CommonOptions, limitsSchema } from './connection-options.ts'
import type { AnyAction, InputOf, OutputOf } from './define-action.ts'
import type { PagedCall } from './paged-call.ts'
import type { PageKind } from './pages/page-kind.ts'
import { parseConfig } from './parse-config.ts'
import { readItems, readOutput } from './read-output.ts'
import type { CallOptions, ResultMeta } from './result.ts'
import type { Service } from './service.ts'
import { validateInput } from './validate-input.ts'

/** What a call returns: a value, or for lists a {@link PagedCall}. */
export type CallOf<A extends AnyAction> = A['page'] extends PageKind
  ? PagedCall<OutputOf<A>>
  : Promise<OutputOf<A>>

/** Arguments of a call; the parameters may be left out where none is required. */
export type ArgumentsOf<A extends AnyAction> =
  Record<string, never> extends InputOf<A>
    ? [input?: InputOf<A>, options?: CallOptions]
    : [input: InputOf<A>, options?: CallOptions]

export interface ActionResult<Data> {
  data: Data
  meta: ResultMeta
}

// One count for all connections, since one hook may serve them all.
let calls = 0

/** One service under one credential. */
export class Connection {
  readonly service: Service
  readonly baseUrl: URL
  readonly #context: Omit<CallContext, 'options'>

  constructor(service: Service, options: CommonOptions & { auth: unknown }) {
    this.service = service
    const limits = parseConfig(`${service.title} options`, limitsSchema(), options)
    this.baseUrl = parseConfiguredUrl('baseUrl', options.baseUrl ?? service.baseUrl)
    const schema = service.settings?.()
    const settings = schema && parseConfig(`${service.title} options`, schema, options)
    const { 'user-agent': product, ...headers } = service.headers(settings)
    const userAgent = [options.userAgent, product].filter(Boolean).join(' ')
    const redactor = new Redactor()
    const http = new HttpClient({
      service,
      baseUrl: this.baseUrl,
      origins: new Set([this.baseUrl.origin, ...(service.origins?.(this.baseUrl) ?? [])]),
      authenticator: authenticatorOf(service, options.auth, this.baseUrl),
      limits,
      events: options,
      fetch: options.fetch,
      redactor,
    })
    this.#context = {
      service: service.name,
      baseUrl: this.baseUrl,
      http,
      limits,
      headers: { accept: 'application/json', 'user-agent': userAgent, ...headers },
      drift: options.drift ?? 'report',
      events: options,
      redactor,
    }
  }

  /**
   * Runs an action. A list gives a {@link PagedCall}, anything else a promise of the data. Rejects with a
   * ConnectorError; its `code` says what happened and its `outcome` whether anything was applied.
   */
  run<A extends AnyAction>(action: A, ...[input, options]: ArgumentsOf<A>): CallOf<A> {
    const call = action.page
      ? this.#walk(action, action.page, input, options ?? {})
      : this.execute(action, input, options).then(({ data }) => data)
    return call as CallOf<A>
  }

  /** Runs an action once, for a list its first page, and tells what is known about the answer. */
  execute(action: AnyAction, input: unknown, options: CallOptions = {}): Promise<ActionResult<unknown>> {
    if (action.page) return this.#walk(action, action.page, input, options).then((page) => page)
    return this.#call(action, options, async (call) => {
      const request = action.request(validateInput(action, input) as never)
      const reply = await call.send(request)
      return { data: readOutput(action, reply.json, call.report), meta: metaOf(reply) }
    })
  }

  #walk(action: AnyAction, page: PageKind, input: unknown, options: CallOptions): PagedCall<unknown> {
    return page.call(({ cursor, isWalk }) => {
      return this.#call(action, options, async (call) => {
        const { limit, cursor: start, ...parameters } = validateInput(action, input)
        const whole = isWalk ? Math.min(page.maxLimit, options.maxItems ?? page.maxLimit) : page.defaultLimit
        const position = {
          limit: typeof limit === 'number' ? limit : whole,
          cursor: cursor ?? (start as string | undefined),
        }
        const request = page.apply(action.request(parameters as never), position)
        const reply = await call.send(request)
        const { items, ...paging } = page.read(reply, position)
        const data = readItems(action, items, call.report)
        return { data, meta: { ...defined(paging), ...metaOf(reply) } }
      })
    }, options)
  }

  #call<T>(action: AnyAction, options: CallOptions, work: (call: ActionCall) => Promise<T>): Promise<T> {
    calls += 1
    return runCall(action, calls, { ...this.#context, options }, work)
  }
}

function authenticatorOf(service: Service, auth: unknown, baseUrl: URL): Authenticator {
  const subject = `${service.title} auth config`
  if (!isStored(auth)) return service.authenticate(parseConfig(subject, service.auth(), auth), { baseUrl })
  const config = parseConfig(subject, storedAuthSchema(), auth)
  return deferred(async () => {
    const { StoredAuthenticator } = await import('../credentials/stored.ts')
    return new StoredAuthenticator(service, config, baseUrl)
  })
}

function metaOf({ requestId, rateLimit }: HttpReply): ResultMeta {
  return defined({ requestId, rateLimit })
}
