/** What the store needs of a connection; a client or client pool's member of `redis` has it. */
export interface RedisConnection {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
  scan(
    cursor: string,
    options: { MATCH: string; COUNT: number },
  ): Promise<{ cursor: unknown; keys: unknown[] }>
  on(event: 'error', listener: (error: unknown) => void): unknown
  off(event: 'error', listener: (error: unknown) => void): unknown
}

/** What the store needs of a cluster; that of `redis` has it. */
export interface RedisCluster<Node = never> extends Omit<RedisConnection, 'scan'> {
  masters: readonly Node[]
  nodeClient(node: Node): Promise<Pick<RedisConnection, 'scan'>>
}

export type AnyClient = RedisConnection | RedisCluster

/** Where the store gets its client, and how it parts from it. */
export interface ClientSource {
  /** The client, connected. */
  get(): Promise<AnyClient>
  /** The client does not answer, so that another must take its place. */
  discard(): void
  close(): Promise<void>
}

/** The connections that know all the keys among them. */
export async function scannable(client: AnyClient): Promise<Pick<RedisConnection, 'scan'>[]> {
  if ('scan' in client) return [client]
  return Promise.all(client.masters.map((node) => client.nodeClient(node)))
}

export function borrowClient(client: AnyClient): ClientSource {
  client.on('error', ignored)
  return {
    get: () => Promise.resolve(client),
    // The app's own: it may reconnect by itself.
    discard: ignored,
    close() {
      client.off('error', ignored)
      return Promise.resolve()
    },
  }
}

/** `redis` is loaded only here: an app that brings a client may have another version or copy of it. */
export function openClient(url: string, timeoutMs: number): ClientSource {
  let opening: ReturnType<typeof connect> | undefined
  let ready: Awaited<ReturnType<typeof connect>> | undefined

  function discard(): void {
    ready?.destroy()
    ready = undefined
    opening = undefined
  }
  return {
    async get() {
      if (ready && !ready.isReady) discard()
      const attempt = (opening ??= connect(url, timeoutMs))
      try {
        const client = await attempt
        if (opening === attempt) ready = client
        // Nobody waited for it any more.
        else if (client.isOpen) client.destroy()
        return client
      } catch (error) {
        if (opening === attempt) opening = undefined
        throw error
      }
    },
    discard,
    async close() {
      const client = await opening?.catch(() => undefined)
      opening = ready = undefined
      if (client?.isOpen) await client.close()
    },
  }
}

/** One connection without a life of its own: it never reconnects, since the next call opens another. */
async function connect(url: string, timeoutMs: number) {
  const { createClient } = await import('redis')
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: timeoutMs, reconnectStrategy: false },
  })
  client.on('error', ignored)
  const timer = setTimeout(() => {
    client.destroy()
  }, timeoutMs)
  try {
    await client.connect()
  } finally {
    clearTimeout(timer)
  }
  // A process that has nothing else to do may end; calls under way keep it alive by their timers.
  client.unref()
  return client
}

/** An error event ends the process unless somebody listens. */
function ignored(): void {
  // The call that uses a broken connection tells of it.
}
