import { inspect } from 'node:util'
import { expect } from 'vitest'
import { ConnectorError, type ErrorCode } from '../errors/connector-error.ts'
import { call, harness, type Subject } from './harness.ts'

const refusals: readonly (readonly [number, ErrorCode])[] = [
  [401, 'AUTH_REJECTED'],
  [403, 'PERMISSION_DENIED'],
  [404, 'NOT_FOUND'],
  [409, 'CONFLICT'],
  [422, 'REQUEST_REJECTED'],
  [429, 'RATE_LIMITED'],
]

/** Every refusal has its code, and no error shows the credential, even where the service echoes it. */
export async function checkErrors(subject: Subject): Promise<void> {
  const { fixture, secret, action } = subject
  const fails = async (status: number) => {
    const body = { message: `echo ${secret}`, errors: [{ field: 'x', message: secret }] }
    const run = harness(subject, () => ({ status, headers: { 'x-echo': secret }, body }))
    const error: unknown = await call(run, subject, fixture.input).catch((thrown: unknown) => thrown)
    expect(ConnectorError.isInstance(error), `${status} gives a typed error`).toBe(true)
    expect(shownBy(error), `${status} shows no secret`).not.toContain(secret)
    return error as ConnectorError
  }

  for (const [status, code] of refusals) {
    const error = await fails(status)
    expect(error.code, `code of ${status}`).toBe(code)
    expect(error.outcome).toBe('rejected')
  }
  const failure = await fails(500)
  expect(failure.code).toBe(action.effect === 'read' ? 'SERVER_ERROR' : 'OUTCOME_UNKNOWN')
}

function shownBy(error: unknown): string {
  const { message, stack } = error as Error
  return [message, stack, JSON.stringify(error), inspect(error, { depth: 10, showHidden: true })].join('\n')
}
