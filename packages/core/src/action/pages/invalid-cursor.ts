import { ValidationError } from '../../errors/errors.ts'

export const invalidCursor = () =>
  new ValidationError('Invalid cursor.', {
    code: 'INPUT_INVALID',
    outcome: 'not_sent',
    hint: 'Give meta.nextCursor of the previous page as it came, or leave cursor out to begin.',
    issues: [{ path: 'cursor', expected: 'meta.nextCursor of the previous page' }],
  })
