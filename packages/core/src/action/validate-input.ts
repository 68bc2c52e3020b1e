import { ValidationError } from '../errors/errors.ts'
import type { AnyAction } from './define-action.ts'
import { readIssues, sentence } from './schema-issues.ts'

/** The parameters as the action takes them. Throws ValidationError (`INPUT_INVALID`), naming fields, no values. */
export function validateInput(action: AnyAction, input: unknown): Record<string, unknown> {
  const schema = action.parameters()
  const parsed = schema.safeParse(input ?? {})
  if (parsed.success) return parsed.data
  const known = Object.keys(schema.shape)
  const issues = readIssues(parsed.error, known)
  throw new ValidationError(`Invalid parameters of ${action.name}: ${sentence(issues)}.`, {
    code: 'INPUT_INVALID',
    outcome: 'not_sent',
    hint: `Correct ${issues.map(({ path }) => path || 'the parameters').join(', ')} and call again; nothing was sent.`,
    issues,
  })
}
