import { expect } from 'vitest'
import { call, harness, type Subject } from './harness.ts'

const extra = 'field_of_a_later_version'

/** The fixture's request goes out authorized, and its answer comes back projected. */
export async function replay(subject: Subject): Promise<void> {
  const { fixture, secret, action } = subject
  const reply = { ...fixture.reply, body: withExtraField(fixture.reply.body) }
  const run = harness(subject, () => reply)
  const { data } = await call(run, subject, fixture.input)

  expect(run.sent).toHaveLength(1)
  const [request] = run.sent
  expect({ method: request?.method, path: request?.path, body: request?.body }).toEqual({
    body: undefined,
    ...fixture.request,
  })
  const headers = [...(request?.headers.values() ?? [])].join('\n')
  expect(headers.includes(secret), 'the credential is on the request').toBe(true)
  expect(run.drift, 'the fixture fits the output schema').toEqual([])
  expect(data).toEqual(fixture.output)
  expect(JSON.stringify(data)).not.toContain(extra)
  // Reads never change anything, so GET; a read by POST is a search.
  if (request?.method === 'GET') expect(action.effect).toBe('read')
  if (request?.method === 'DELETE' || request?.method === 'PUT' || request?.method === 'PATCH') {
    expect(action.effect).not.toBe('read')
  }
}

/** A vendor adds fields at any time; none may reach a caller undeclared. */
function withExtraField(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withExtraField)
  if (typeof body !== 'object' || body === null) return body
  return { ...body, [extra]: extra }
}
