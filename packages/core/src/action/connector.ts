import { ValidationError } from '../errors/errors.ts'
import { suggestion } from '../errors/nearest.ts'
import { quote } from '../errors/quote.ts'
import { type ArgumentsOf, type CallOf, Connection, type ActionResult } from './connection.ts'
import type { ConnectionOptions } from './connection-options.ts'
import type { AnyAction, InputOf, OutputOf } from './define-action.ts'
import type { Effect } from './effect.ts'
import { inputJsonSchema, type JsonSchema, outputJsonSchema } from './json-schema.ts'
import type { Page } from './paged-call.ts'
import type { PageKind } from './pages/page-kind.ts'
import type { Permissions } from './permissions.ts'
import type { CallOptions, PageMeta } from './result.ts'
import type { Service } from './service.ts'

/** Every action of a connector: entity, then action. */
export type Catalogue = Readonly<Record<string, Readonly<Record<string, AnyAction>>>>

/** An action as a method. */
export type ActionMethod<A extends AnyAction> = (...args: ArgumentsOf<A>) => CallOf<A>

/** The typed entities of a connector: `connector.issues.list(…)`. */
export type Entities<C extends Catalogue> = {
  readonly [Entity in keyof C]: { readonly [Name in keyof C[Entity]]: ActionMethod<C[Entity][Name]> }
}

/** What `execute` answers; for an action known only at run time, data of any shape. */
export type ExecuteResult<A extends AnyAction> = A['page'] extends PageKind
  ? Page<OutputOf<A>>
  : PageKind extends A['page']
    ? { data: unknown; meta: PageMeta }
    : ActionResult<OutputOf<A>>

// A literal must be a known name; a plain string, as a model gives it, is looked up at run time.
type Name<Given extends string, Known> = string extends Given
  ? Given
  : Given extends Known
    ? Given
    : Known & string
type Lookup<C extends Catalogue, E, A> = E extends keyof C
  ? A extends keyof C[E]
    ? C[E][A]
    : AnyAction
  : AnyAction

export interface ActionSummary {
  /** `entity.action`. */
  name: string
  entity: string
  action: string
  summary: string
  effect: Effect
  isPaged: boolean
  permissions: Permissions
  /** The vendor's page. */
  source: string
}

export interface ActionDescription extends ActionSummary {
  inputSchema: JsonSchema
  outputSchema: JsonSchema
}

/** What every connector can do, whatever its service. */
export interface Connector<C extends Catalogue = Catalogue> {
  /** Runs an action of this service, one outside the catalogue included. */
  run: Connection['run']
  /**
   * Runs an action by name, as agents do. Throws ValidationError (`ACTION_UNKNOWN`) naming the nearest entity
   * or action for a name that does not exist.
   */
  execute<E extends string, A extends string>(
    entity: Name<E, keyof C>,
    action: Name<A, E extends keyof C ? keyof C[E] : string>,
    params?: string extends E | A ? unknown : InputOf<Lookup<C, E, A>>,
    options?: CallOptions,
  ): Promise<ExecuteResult<Lookup<C, E, A>>>
  /** Every action with its summary, effect and permissions; of one entity where named. */
  entities(entity?: string): readonly ActionSummary[]
  /** One action with the JSON Schemas of its input and output. */
  describe(entity: string, action: string): ActionDescription
  /** The service's name, such as `github`. */
  readonly serviceName: string
}

/** Constructor of a connector, with its catalogue to look at without a credential. */
export interface ConnectorClass<S extends Service, C extends Catalogue> {
  new (options: ConnectionOptions<S>): Connector<C> & Entities<C>
  readonly service: S
  readonly catalogue: C
}

/**
 * Makes the base class of a connector from its service and catalogue.
 *
 * @example class GithubConnector extends createConnector(github, { issues: { list: listIssues } }) {}
 */
export function createConnector<S extends Service, const C extends Catalogue>(
  service: S,
  catalogue: C,
): ConnectorClass<S, C> {
  class BuiltConnector {
    static readonly service = service
    static readonly catalogue = catalogue
    readonly #connection: Connection

    constructor(options: ConnectionOptions<S>) {
      const connection = new Connection(service, options)
      this.#connection = connection
      for (const [entity, actions] of Object.entries(catalogue)) {
        const methods = Object.entries(actions).map(([name, action]) => [
          name,
          (input?: unknown, callOptions?: CallOptions) => connection.run(action, input as never, callOptions),
        ])
        Object.defineProperty(this, entity, {
          value: Object.freeze(Object.fromEntries(methods)),
          enumerable: true,
        })
      }
    }

    get serviceName(): string {
      return service.name
    }

    run<A extends AnyAction>(action: A, ...args: ArgumentsOf<A>): CallOf<A> {
      return this.#connection.run(action, ...args)
    }

    async execute(entity: string, action: string, params?: unknown, options?: CallOptions): Promise<unknown> {
      return this.#connection.execute(find(catalogue, entity, action), params, options)
    }

    entities(entity?: string): readonly ActionSummary[] {
      return listActions(catalogue).filter((each) => entity === undefined || each.entity === entity)
    }

    describe(entity: string, action: string): ActionDescription {
      const found = find(catalogue, entity, action)
      return {
        ...summarize(entity, action, found),
        inputSchema: inputJsonSchema(found),
        outputSchema: outputJsonSchema(found),
      }
    }
  }
  return BuiltConnector as unknown as ConnectorClass<S, C>
}

/** Every action of a catalogue with its summary. */
function listActions(catalogue: Catalogue): ActionSummary[] {
  return Object.entries(catalogue).flatMap(([entity, actions]) =>
    Object.entries(actions).map(([name, action]) => summarize(entity, name, action)),
  )
}

function summarize(entity: string, name: string, action: AnyAction): ActionSummary {
  const { summary, effect, permissions, source } = action
  const isPaged = action.page !== undefined
  return { name: action.name, entity, action: name, summary, effect, isPaged, permissions, source }
}

function find(catalogue: Catalogue, entity: string, action: string): AnyAction {
  const actions = Object.hasOwn(catalogue, entity) ? catalogue[entity] : undefined
  if (!actions) throw unknown('entity', entity, Object.keys(catalogue))
  const found = Object.hasOwn(actions, action) ? actions[action] : undefined
  if (!found) throw unknown(`action of ${entity}`, action, Object.keys(actions))
  return found
}

function unknown(what: string, given: unknown, known: readonly string[]): ValidationError {
  // A model may give anything.
  const name = String(given)
  return new ValidationError(`Unknown ${what}: ${quote(name)}.`, {
    code: 'ACTION_UNKNOWN',
    outcome: 'not_sent',
    hint: suggestion(name, known),
  })
}
