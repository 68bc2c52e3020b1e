import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectWith } from '../../test/connect-with.ts'
import { createItem, getItem } from '../../test/example-service.ts'
import { failure } from '../../test/failure.ts'
import { gate, json, serve, stalled, status } from '../../test/serve.ts'
import { bearer, oauth2 } from '../index.ts'

const read = { item_id: 1 }

describe('X21 an abort', () => {
  const unhandled: unknown[] = []
  const note = (reason: unknown) => unhandled.push(reason)
  beforeEach(() => {
    process.on('unhandledRejection', note)
  })
  afterEach(async () => {
    await new Promise(setImmediate)
    process.off('unhandledRejection', note)
    expect(unhandled.splice(0)).toEqual([])
  })

  /** Aborts when `ready` opens and tells what the call then ended with, and how soon. */
  async function abortWhen(ready: Promise<void>, call: (signal: AbortSignal) => PromiseLike<unknown>) {
    const controller = new AbortController()
    const ended = failure(call(controller.signal))
    await ready
    const started = performance.now()
    controller.abort()
    const error = await ended
    expect(performance.now() - started).toBeLessThan(50)
    expect(error).toMatchObject({ name: 'AbortError', code: 'ABORTED', isRetryable: false })
    return error
  }

  it('before the call sends nothing', async () => {
    const server = await serve(json({ id: 1 }))
    const signal = AbortSignal.abort()
    const error = await failure(connectWith(server).run(getItem, read, { signal }))
    expect(error).toMatchObject({ name: 'AbortError', outcome: 'not_sent', attempts: 0 })
    expect(server.requests).toHaveLength(0)
  })

  it('before the headers ends the call, as does one while a write is under way', async () => {
    const arrived = gate()
    const server = await serve(() => {
      arrived.open()
      return new Promise(() => undefined)
    })
    const error = await abortWhen(arrived.opened, (signal) =>
      connectWith(server).run(createItem, { name: 'x' }, { signal }),
    )
    expect(error).toMatchObject({ outcome: 'unknown', attempts: 1 })
    expect(server.requests).toHaveLength(1)
  })

  it('during the body ends the call', async () => {
    const started = gate()
    const server = await serve(stalled(started.open))
    await abortWhen(started.opened, (signal) => connectWith(server).run(getItem, read, { signal }))
    expect(server.requests).toHaveLength(1)
  })

  it('while waiting to retry ends the wait and sends nothing more', async () => {
    const waiting = gate()
    const server = await serve(status(429, { 'retry-after': '30' }))
    const connection = connectWith(server, { onRetry: waiting.open })
    const error = await abortWhen(waiting.opened, (signal) =>
      connection.run(createItem, { name: 'x' }, { signal }),
    )
    expect(error).toMatchObject({ outcome: 'rejected', attempts: 1 })
    expect(server.requests).toHaveLength(1)
  })

  it('while a credential function runs ends the call', async () => {
    const asked = gate()
    const server = await serve(json({ id: 1 }))
    const authenticator = bearer({
      token: () => {
        asked.open()
        return new Promise<string>(() => undefined)
      },
    })
    const error = await abortWhen(asked.opened, (signal) =>
      connectWith(server, { authenticator }).run(getItem, read, { signal }),
    )
    expect(error).toMatchObject({ outcome: 'not_sent', attempts: 0 })
    expect(server.requests).toHaveLength(0)
  })

  it('while a token is renewed ends the call', async () => {
    const asked = gate()
    const server = await serve(() => {
      asked.open()
      return new Promise(() => undefined)
    })
    const authenticator = oauth2({
      tokenUrl: `${server.url}/token`,
      clientId: 'client',
      refreshToken: 'test-refresh-1',
    })
    const error = await abortWhen(asked.opened, (signal) =>
      connectWith(server, { authenticator }).run(getItem, read, { signal }),
    )
    expect(error).toMatchObject({ outcome: 'not_sent', attempts: 0 })
    expect(server.requests.map(({ url }) => url)).toEqual(['/token'])
  })

  it('ends a call whose fetch ignores its signal', async () => {
    const sent = gate()
    const fetch = () => {
      sent.open()
      return new Promise<Response>(() => undefined)
    }
    await abortWhen(sent.opened, (signal) =>
      connectWith({ url: 'https://127.0.0.1' }, { fetch }).run(getItem, read, { signal }),
    )
  })
})

it('a credential function that never returns ends with the total time', async () => {
  const server = await serve(json({ id: 1 }))
  const authenticator = bearer({ token: () => new Promise<string>(() => undefined) })
  const call = connectWith(server, { authenticator, totalTimeoutMs: 50 }).run(getItem, read)
  expect(await failure(call)).toMatchObject({ name: 'TimeoutError', outcome: 'not_sent' })
  expect(server.requests).toHaveLength(0)
})
