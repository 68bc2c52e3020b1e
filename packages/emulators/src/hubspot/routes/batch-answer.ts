import type { Account } from '../account/state.ts'
import type { HubspotContext } from '../http/environment.ts'
import { HubspotError, invalid } from '../http/hubspot-error.ts'
import { arrayAt, objectAt, type JsonObject } from '../http/json-body.ts'

const mostInputs = 100

export function batchInputs(body: JsonObject): JsonObject[] {
  const inputs = arrayAt(body['inputs'], 'inputs')
  if (inputs.length === 0) throw invalid('inputs must not be empty')
  if (inputs.length > mostInputs) {
    throw invalid(`A batch takes at most ${mostInputs} inputs, not ${inputs.length}`)
  }
  return inputs.map((input, index) => objectAt(input, `inputs[${index}]`))
}

/** Answers a batch: with `status` where all went well, with 207 and the errors where some inputs failed. */
export function batchAnswer(
  c: HubspotContext,
  account: Account,
  results: unknown[],
  errors: Record<string, unknown>[] = [],
  status: 200 | 201 = 200,
): Response {
  const now = new Date(account.now()).toISOString()
  const answer = { status: 'COMPLETE', results, startedAt: now, completedAt: now }
  if (errors.length === 0) return c.json(answer, status)
  return c.json({ ...answer, numErrors: errors.length, errors }, 207)
}

/** An error of one input, without the correlation id that only whole answers have. */
export function inputError(error: HubspotError, context: Record<string, string[]>): Record<string, unknown> {
  const { category, message, extras } = error
  return { status: 'error', category, message, ...extras, context: { ...extras.context, ...context } }
}

export function missingRecords(ids: string[]): Record<string, unknown>[] {
  if (ids.length === 0) return []
  const error = new HubspotError(
    404,
    'OBJECT_NOT_FOUND',
    'Could not get some of the objects, they may be deleted',
  )
  return [inputError(error, { ids })]
}
