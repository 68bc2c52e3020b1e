import type { RemoteErrorDetails } from '@agent/core'

interface FieldError {
  field?: unknown
  code?: unknown
  message?: unknown
}

/** The `errors` of a 422: objects for fields, or sentences; of a 400 now and then one sentence. */
function entriesOf(json: unknown): readonly (FieldError | string)[] {
  const errors = (json as { errors?: unknown } | null | undefined)?.errors
  if (typeof errors === 'string') return [errors]
  if (!Array.isArray(errors)) return []
  return (errors as unknown[]).filter(
    (entry): entry is FieldError | string =>
      typeof entry === 'string' || (typeof entry === 'object' && entry !== null),
  )
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

const sentenceOf = (entry: FieldError | string): string =>
  typeof entry === 'string' ? entry : textOf(entry.message) || textOf(entry.code)

/** The fields that GitHub objects to. */
export function readValidation(json: unknown): RemoteErrorDetails['issues'] {
  const fields = entriesOf(json).filter((entry) => typeof entry !== 'string')
  if (fields.length === 0) return undefined
  return fields.map((entry) => ({
    path: textOf(entry.field),
    expected: `another value (${sentenceOf(entry)})`,
  }))
}

/** GitHub's own sentence with what it says about each field. */
export function withValidation(message: string | undefined, json: unknown): string | undefined {
  const said = entriesOf(json).map((entry) => {
    const field = typeof entry === 'string' ? '' : textOf(entry.field)
    return [field, sentenceOf(entry)].filter(Boolean).join(': ')
  })
  return said.length === 0 ? message : `${message ?? 'Invalid'} (${said.join('; ')})`
}
