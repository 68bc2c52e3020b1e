import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import type { Catalogue, ConnectorClass } from '../action/connector.ts'
import type { AnyAction, InputOf } from '../action/define-action.ts'
import type { Service } from '../action/service.ts'
import { checkDeclaration } from './check-declaration.ts'
import { checkErrors } from './check-errors.ts'
import { checkInputs } from './check-inputs.ts'
import { replay } from './replay.ts'

/** One recorded call: parameters, what the service answers, and what the action makes of it. */
export interface ActionFixture<A extends AnyAction = AnyAction> {
  input: InputOf<A>
  /** Method and URL below the base URL, query included, as it must go out. */
  request: { method: string; path: string; body?: unknown }
  /** The service's answer in full, as its documentation shows it. */
  reply: { status: number; headers?: Record<string, string>; body?: unknown }
  /** What the caller gets; the items of the page where the action is paged. */
  output: unknown
}

/** A fixture for every action of a catalogue; a missing one does not compile. */
export type ConnectorFixtures<C extends Catalogue> = {
  readonly [Entity in keyof C]: { readonly [Name in keyof C[Entity]]: ActionFixture<C[Entity][Name]> }
}

interface DescribeConnectorOptions<S extends Service, C extends Catalogue> {
  /** An auth config, and the value of the credential in it, which must never show. */
  auth: z.input<ReturnType<S['auth']>>
  secret: string
  fixtures: ConnectorFixtures<C>
  /** Hosts that `source` links may lead to. */
  docsHosts: readonly string[]
}

/**
 * The contract suite of a connector, run over every action of its catalogue: the declaration is complete, the
 * schemas are strict and described, the fixture's request goes out and its answer is projected, bad input
 * sends nothing, and errors are typed and hold no secret. Call it at the top level of a vitest file.
 */
export function describeConnector<S extends Service, C extends Catalogue>(
  Class: ConnectorClass<S, C>,
  options: DescribeConnectorOptions<S, C>,
): void {
  const { fixtures, docsHosts } = options
  describe(`${Class.service.title} connector`, () => {
    for (const [entity, actions] of Object.entries(Class.catalogue)) {
      for (const [name, action] of Object.entries(actions)) {
        const fixture = fixtures[entity]?.[name] as ActionFixture | undefined
        if (!fixture) throw new Error(`No fixture for ${entity}.${name}`)
        const subject = {
          Class: Class as unknown as ConnectorClass<Service, Catalogue>,
          action,
          fixture,
          ...options,
        }
        describe(action.name, () => {
          it(`is declared in full, under its own name`, () => {
            expect(action.name).toBe(`${entity}.${name}`)
            checkDeclaration(action, docsHosts)
          })
          it('sends its request and projects the answer', () => replay(subject))
          it('sends nothing for bad input', () => checkInputs(subject))
          it('turns refusals into typed errors without secrets', () => checkErrors(subject))
        })
      }
    }
  })
}
