import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import type { Emulator } from '../emulator.ts'
import { createFaultQueue } from './fault-queue.ts'
import { answerWithFault, type ErrorBody } from './faults.ts'
import { createRecorder, parseBody } from './recorder.ts'

export interface StartOptions<State> {
  /** Routes of the service, a Hono app; they may read `c.env.incoming` and `c.env.outgoing`. */
  app: { fetch: (request: Request, env: HttpBindings) => Response | Promise<Response> }
  state: () => State
  /** Puts the state back to the seed. */
  reset: () => void
  /** 0 or undefined takes a free port. */
  port: number | undefined
  errorBody: ErrorBody
  /** Clock in milliseconds since the epoch; `Date.now` unless given. */
  now?: () => number
}

/** Serves `app` on 127.0.0.1 with recorded traffic and faults on demand. */
export async function startEmulator<State>(options: StartOptions<State>): Promise<Emulator<State>> {
  const { app, errorBody, now = Date.now } = options
  const recorder = createRecorder()
  const faults = createFaultQueue()

  async function handle(request: Request, env: HttpBindings): Promise<Response> {
    const recorded = recorder.record(env.incoming, now())
    const fault = faults.take(recorded.method, recorded.path)
    const text = await request.text()
    recorded.body = parseBody(request.headers.get('content-type') ?? '', text)

    const apply = async (): Promise<Response> => await app.fetch(replay(request, text), env)
    if (fault) return await answerWithFault({ fault, recorded, outgoing: env.outgoing, errorBody, apply })
    const response = await apply()
    recorded.status = response.status
    return response
  }

  // Left on, the adapter would replace the Request and Response of the process that runs the tests.
  const listenerOptions = { overrideGlobalObjects: false }
  const listener = getRequestListener((request, env) => handle(request, env as HttpBindings), listenerOptions)
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    requests: recorder.requests,
    get state() {
      return options.state()
    },
    addFault: (fault) => {
      faults.add(fault)
    },
    reset() {
      options.reset()
      recorder.clear()
      faults.clear()
    },
    async close() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** The same request with its body unread. */
function replay(request: Request, text: string): Request {
  const { url, method, headers } = request
  const hasBody = text !== '' && method !== 'GET' && method !== 'HEAD'
  return new Request(url, hasBody ? { method, headers, body: text } : { method, headers })
}
