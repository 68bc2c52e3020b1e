// Databases that tests need: that of the environment, or else the local default, where one answers.
import { once } from 'node:events'
import { connect } from 'node:net'

export interface TestService {
  url: string
  /** Why the tests that need it are skipped. */
  unavailable: string | undefined
}

/** Throws where nothing answers and the environment sets `REQUIRE_SERVICES=1`, so that nothing is skipped unseen. */
export async function findService(variable: string, defaultUrl: string): Promise<TestService> {
  const url = process.env[variable] ?? defaultUrl
  if (await answers(new URL(url))) return { url, unavailable: undefined }
  const unavailable = `nothing answers at ${new URL(url).host}; start it, or set ${variable}`
  if (process.env['REQUIRE_SERVICES'] === '1') throw new Error(`REQUIRE_SERVICES: ${unavailable}`)
  return { url, unavailable }
}

async function answers({ hostname, port }: URL): Promise<boolean> {
  const socket = connect({ host: hostname, port: Number(port), timeout: 2000 })
  socket.once('timeout', () => socket.destroy(new Error('timeout')))
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
