import { expect } from 'vitest'
import type * as z from 'zod'
import type { PageParameters } from '../action/define-action.ts'
import { ValidationError } from '../errors/errors.ts'
import { call, harness, type Subject } from './harness.ts'

const hostile = ['', '.', '..', 'a\r\nb', 'a\u0000b', 'a\u202eb', '\ud800']

/** Unknown, missing and mistyped parameters, and values that would leave the path, send nothing. */
export async function checkInputs(subject: Subject): Promise<void> {
  const { fixture, action } = subject
  const run = harness(subject, () => fixture.reply)
  const { input } = fixture
  const shape = action.input().shape as Readonly<Record<string, z.ZodType>>

  const refused = async (params: unknown, label: string) => {
    const error: unknown = await call(run, subject, params).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(ValidationError.isInstance(error), `${label} is refused, not ${String(error)}`).toBe(true)
    expect(run.sent, `${label} sends nothing`).toHaveLength(0)
  }

  await refused({ ...input, unknown_parameter: 1 }, 'an unknown parameter')
  await refused('text', 'text in place of parameters')
  await refused([], 'a list in place of parameters')
  for (const [name, property] of Object.entries(shape)) {
    const isRequired = !property.safeParse(undefined).success
    if (isRequired) await refused({ ...input, [name]: undefined }, `a missing ${name}`)
    const isMap = property.safeParse({ $ne: 1 }).success
    if (!isMap) await refused({ ...input, [name]: { $ne: 1 } }, `an object as ${name}`)
  }
  for (const name of pathParameters(subject)) {
    for (const value of hostile) {
      await refused({ ...input, [name]: value }, `${name} = ${JSON.stringify(value)}`)
    }
  }
}

/** Text parameters that end up in the path: changing them changes it. */
function pathParameters({ action, fixture }: Subject): string[] {
  const { limit, cursor, ...own } = fixture.input as PageParameters
  const input = action.input().parse(own)
  const pathWith = (params: Record<string, unknown>) => action.request(params as never).path.value
  const present = Object.keys(input).filter((name) => typeof input[name] === 'string')
  return present.filter((name) => pathWith({ ...input, [name]: 'probe' }) !== pathWith(input))
}
