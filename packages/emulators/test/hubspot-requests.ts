import { afterEach } from 'vitest'
import { createHubspotEmulator, type HubspotEmulator } from '../src/hubspot/create-hubspot-emulator.ts'
import type { EmulatorOptions } from '../src/emulator.ts'
import type { HubspotSeed } from '../src/hubspot/seed/hubspot-seed.ts'

const running: HubspotEmulator[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()))
})

/** Starts an emulator that is closed after the test. */
export async function startHubspot(options: EmulatorOptions<HubspotSeed> = {}): Promise<HubspotEmulator> {
  const emulator = await createHubspotEmulator(options)
  running.push(emulator)
  return emulator
}

export interface Reply {
  status: number
  headers: Headers
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Assertions look into bodies of every shape.
  body: any
}

/** Sends requests with a token and reads JSON answers; a body that is not a string is sent as JSON. */
export function requests(emulator: HubspotEmulator, token = 'test-service-key') {
  return async (method: string, path: string, body?: unknown, headers = {}): Promise<Reply> => {
    const response = await fetch(emulator.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return await replyOf(response)
  }
}

/** Ids of the results of a list, search or batch. */
export function idsOf({ body }: Reply): string[] {
  const { results } = body as { results: { id: string }[] }
  return results.map(({ id }) => id)
}

/** Posts form fields to a token endpoint. */
export async function postForm(url: string, fields: Record<string, string>): Promise<Reply> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })
  return await replyOf(response)
}

export const testClient = { client_id: 'test-client-id', client_secret: 'test-client-secret' }

async function replyOf(response: Response): Promise<Reply> {
  const { status, headers } = response
  const text = await response.text()
  return { status, headers, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
}
