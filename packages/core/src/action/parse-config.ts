import type * as z from 'zod'
import { ConfigError } from '../errors/errors.ts'
import { readIssues, sentence } from './schema-issues.ts'

/**
 * Settings as a schema has them. Throws ConfigError (`CONFIG_INVALID`), naming each field and what it
 * expected, never its value.
 */
export function parseConfig<Schema extends z.ZodType>(
  subject: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = readIssues(parsed.error, [])
  throw new ConfigError(`Invalid ${subject}: ${sentence(issues)}.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: `Correct ${issues.map(({ path }) => path || subject).join(', ')}.`,
    issues,
  })
}
