import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { type ConnectionEvents, ConnectorError } from '@agent/core'
import { type AuthKind, authKinds, authKindNames, connectEcho, readItem, writeItem } from './echo-service.ts'
import { echoes, echoNames } from './echoes.ts'
import { seeded } from './random.ts'
import { type Alphabet, type Encoding, encodingNames, encodings, leakIn, randomSecret } from './secrets.ts'
import { eventText, sinks } from './sinks.ts'

export interface LeakOptions {
  alphabets: readonly Alphabet[]
  authKinds?: readonly AuthKind[]
  encodings?: readonly Encoding[]
}

/** The server repeats the credential in every place and encoding; every sink of every failure is read. */
export async function leaks(options: LeakOptions) {
  const server = new EchoServer()
  const baseUrl = await server.listen()
  const random = seeded(4)
  const found: string[] = []
  let combinations = 0
  let calls = 0
  const events: unknown[] = []
  const look = (text: string, secrets: readonly string[], place: string) => {
    combinations += 1
    for (const secret of secrets) {
      const leak = leakIn(text, secret)
      if (leak !== undefined) found.push(`${place}: ${leak}`)
    }
  }
  const started = performance.now()
  try {
    for (const alphabet of options.alphabets) {
      for (const kind of options.authKinds ?? authKindNames) {
        const secret = randomSecret(random, alphabet)
        const issued = randomSecret(random, 'letters')
        server.issued = issued
        const connection = connectEcho(baseUrl, authKinds[kind](secret, baseUrl), recording(events))
        for (const encoding of options.encodings ?? encodingNames) {
          for (const echo of echoNames) {
            for (const action of [readItem, writeItem]) {
              server.echo = {
                name: echo,
                text: encodings[encoding](kind === 'client credentials' ? issued : secret),
              }
              events.length = 0
              calls += 1
              const error = await failureOf(connection.execute(action, {}))
              const place = `${kind}, ${encoding}, ${echo}, ${action.effect}`
              for (const [sink, show] of Object.entries(sinks)) {
                if (error) look(show(error), [secret, issued], `${place}, ${sink}`)
              }
              look(events.map(eventText).join('\n'), [secret, issued], `${place}, events`)
            }
          }
        }
        look(
          inspect(connection, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
          [secret, issued],
          kind,
        )
      }
    }
    return { combinations, calls, found, seconds: (performance.now() - started) / 1000 }
  } finally {
    await server.close()
  }
}

/** Whatever the call rejects with. */
async function failureOf(call: Promise<unknown>): Promise<Error | undefined> {
  try {
    await call
    return undefined
  } catch (error) {
    if (ConnectorError.isInstance(error)) return error
    throw error
  }
}

function recording(events: unknown[]): ConnectionEvents {
  const record = (event: unknown) => {
    events.push(event)
  }
  return {
    onRequest: record,
    onResponse: record,
    onRetry: record,
    onTokenRefresh: record,
    onResult: record,
    onDrift: record,
  }
}

class EchoServer {
  echo = { name: '', text: '' }
  issued = ''
  readonly #server = createServer((request, response) => {
    request.resume()
    if (request.url === '/token') {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ access_token: this.issued, token_type: 'bearer', expires_in: 3600 }))
      return
    }
    echoes[this.echo.name]?.(response, this.echo.text)
  })

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
}
