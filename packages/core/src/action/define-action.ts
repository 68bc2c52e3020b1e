import * as z from 'zod'
import type { Effect } from './effect.ts'
import { lazy } from './lazy.ts'
import type { PageKind } from './pages/page-kind.ts'
import type { Permissions } from './permissions.ts'
import type { ActionRequest } from './request.ts'

type Paging = PageKind | undefined

/** The declaration that everything about an action derives from. */
export interface ActionDefinition<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
  Page extends Paging = Paging,
> {
  /** `entity.action`. */
  name: `${string}.${string}`
  /** One sentence for a model and for the docs. */
  summary: string
  effect: Effect
  permissions: Permissions
  /** The vendor's page that documents the endpoint. */
  source: string
  /** Strict schema of the parameters, each described. */
  input: () => Input
  /** Schema of the answer, of one item where the action is paged. It is the projection: other fields are dropped. */
  output: () => Output
  /** Present for lists; adds `limit` and `cursor` to the parameters. */
  page?: Page
  request: (input: z.output<Input>) => ActionRequest
}

/** An action ready to be called: its schemas are built on first use and kept. */
export interface Action<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
  Page extends Paging = Paging,
> extends Omit<ActionDefinition<Input, Output, Page>, 'request' | 'page'> {
  readonly page: Page
  /** The parameters with `limit` and `cursor`, where the action is paged. */
  readonly parameters: () => z.ZodObject
  /** Takes what `parameters` has validated. */
  readonly request: (input: never) => ActionRequest
}

// `any` would leak into inference; `never` in the parameter position lets every action be assigned to it.
export type AnyAction = Action

export interface PageParameters {
  /** Items per page. */
  limit?: number
  /** `meta.nextCursor` of the previous page. */
  cursor?: string
}

/** What a caller passes to an action. */
export type InputOf<A extends AnyAction> = z.input<ReturnType<A['input']>> &
  (A['page'] extends PageKind ? PageParameters : unknown)

/** What an action answers; one item where it is paged. */
export type OutputOf<A extends AnyAction> = z.output<ReturnType<A['output']>>

/** Declares an action. Pure: no schema is built until the action is used. */
export function defineAction<
  Input extends z.ZodObject,
  Output extends z.ZodType,
  Page extends Paging = undefined,
>(definition: ActionDefinition<Input, Output, Page>): Action<Input, Output, Page> {
  const input = lazy(definition.input)
  const { page } = definition
  const parameters = page ? lazy(() => withPaging(input(), page)) : input
  return { ...definition, page: page as Page, input, output: lazy(definition.output), parameters }
}

function withPaging(input: z.ZodObject, { defaultLimit, maxLimit }: PageKind): z.ZodObject {
  return input.extend({
    limit: z
      .int()
      .min(1)
      .max(maxLimit)
      .optional()
      .describe(`Items per page, at most ${maxLimit}; ${defaultLimit} unless told.`),
    cursor: z.string().min(1).max(4096).optional().describe('meta.nextCursor of the previous page.'),
  })
}
