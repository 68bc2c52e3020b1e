import * as z from 'zod'
import { ProtocolError } from '../errors/errors.ts'
import type { Issue } from '../errors/connector-error.ts'
import type { AnyAction } from './define-action.ts'
import { lazy } from './lazy.ts'
import { project } from './project.ts'
import { readIssues, sentence } from './schema-issues.ts'

/** What happens when an answer no longer fits: `report` returns it and fires `onDrift`, `error` throws. */
export type DriftPolicy = 'report' | 'error'

interface Readers {
  one: z.ZodType
  many: z.ZodType<unknown[]>
}

// Keyed by the output thunk, so that schemas are compiled once for an action, whoever calls it.
const readers = new WeakMap<() => z.ZodType, () => Readers>()

function readersOf({ output }: AnyAction): Readers {
  let found = readers.get(output)
  if (!found) {
    found = lazy(() => ({ one: z.compile(output()), many: z.compile(z.array(output())) }))
    readers.set(output, found)
  }
  return found()
}

/**
 * Validates and projects an answer; `report` hears of each field that does not fit. Throws ProtocolError
 * (`REPLY_INVALID`) for an empty answer where the action expects one: nothing is left to return.
 */
export function readOutput(action: AnyAction, value: unknown, report: (issue: Issue) => void): unknown {
  const { one } = readersOf(action)
  const parsed = one.safeParse(value ?? null)
  if (parsed.success) return parsed.data
  if (value === undefined) throw emptyAnswer(action)
  for (const issue of readIssues(parsed.error)) report(issue)
  return project(action.output(), value)
}

/** The same for the items of a page. */
export function readItems(
  action: AnyAction,
  items: readonly unknown[],
  report: (issue: Issue) => void,
): unknown[] {
  const parsed = readersOf(action).many.safeParse(items)
  if (parsed.success) return parsed.data
  return items.map((item, index) =>
    readOutput(action, item, ({ path, expected }) => {
      report({ path: path === '' ? String(index) : `${index}.${path}`, expected })
    }),
  )
}

const outcomeOf = ({ effect }: AnyAction) => (effect === 'read' ? 'unknown' : 'applied')

function emptyAnswer(action: AnyAction): ProtocolError {
  return new ProtocolError(`The answer of ${action.name} is empty.`, {
    code: 'REPLY_INVALID',
    outcome: outcomeOf(action),
    hint:
      action.effect === 'read'
        ? 'Check that baseUrl is the API and that no proxy answers in its place.'
        : 'It took effect; read the resource instead of repeating the call.',
  })
}

export function driftError(action: AnyAction, issue: Issue): ProtocolError {
  return new ProtocolError(`The answer of ${action.name} does not fit its schema: ${sentence([issue])}.`, {
    code: 'REPLY_DRIFTED',
    outcome: outcomeOf(action),
    hint: 'Update the connector, or accept such answers with drift: "report".',
    issues: [issue],
  })
}
