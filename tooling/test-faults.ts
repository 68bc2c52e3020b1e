// Servers on loopback that fail as real ones do.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** The port of a server that accepts every connection and never says a word. */
export async function silentPort(): Promise<number> {
  const { listen } = restartable(() => undefined)
  return listen()
}

/** A port where nothing listens. */
export async function closedPort(): Promise<number> {
  const { listen, stop } = restartable(() => undefined)
  const port = await listen()
  await stop()
  return port
}

export interface Detour {
  /** The same address, by way of the detour. */
  url: string
  /** Breaks what is connected and takes no further connection, as a server that is down. */
  stop(): Promise<void>
  /** Takes connections again, at the same port. */
  start(): Promise<unknown>
  /** From now on nothing comes back from the server. */
  mute(): void
  /** New connections are answered again; those of before stay silent. */
  unmute(): void
}

/** A way to the server of `target` that a test can break and mend. */
export async function detourTo(target: string): Promise<Detour> {
  const { hostname, port: targetPort } = new URL(target)
  let isMute = false
  const silent = new WeakSet<Socket>()
  const { listen, stop } = restartable((socket) => {
    const onward = connect({ host: hostname, port: Number(targetPort) })
    socket.pipe(onward)
    onward.on('data', (data) => {
      if (isMute) silent.add(socket)
      if (!silent.has(socket)) socket.write(data)
    })
    onward.once('error', () => socket.destroy())
    onward.once('close', () => socket.destroy())
    socket.once('close', () => onward.destroy())
  })
  const port = await listen()
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  const mute = () => {
    isMute = true
  }
  const unmute = () => {
    isMute = false
  }
  return { url: url.href, stop, start: () => listen(port), mute, unmute }
}

/** A server that is stopped with the test at the latest. */
function restartable(onSocket: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  let server: Server | undefined
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  async function listen(port = 0): Promise<number> {
    server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => sockets.delete(socket))
      onSocket(socket)
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  async function stop(): Promise<void> {
    const stopped = server && once(server, 'close')
    server?.close()
    server = undefined
    cut()
    await stopped
  }
  onTestFinished(stop)
  return { listen, stop }
}
