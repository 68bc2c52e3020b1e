import { ignored, type PostgresConnection, type PostgresPool } from './pool.ts'

/** Runs a statement with its values; answers its rows and how many it changed. */
export type Query = (
  text: string,
  values?: unknown[],
) => Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>

const timedOut = { code: 'TIMEOUT' }

/**
 * Gives `task` a connection of the pool for at most `timeoutMs`, waiting for the connection included. A connection
 * that did not answer is closed, for nobody knows what it still does.
 */
export async function withConnection<T>(
  pool: PostgresPool,
  timeoutMs: number,
  task: (query: Query) => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  const connecting = pool.connect()
  const connection = await before(deadline, connecting).catch((error: unknown) => {
    void connecting.then(
      (late) => {
        late.release()
      },
      () => undefined,
    )
    throw error
  })
  connection.on('error', ignored)
  let isUsable = false
  try {
    const result = await before(
      deadline,
      task((text, values = []) => connection.query(text, values)),
    )
    isUsable = true
    return result
  } catch (error) {
    // The server itself has answered, so the connection is in order.
    isUsable = isServerError(error)
    throw error
  } finally {
    release(connection, isUsable)
  }
}

function release(connection: PostgresConnection, isUsable: boolean): void {
  // One that is closed may still fail, so the listener stays.
  if (isUsable) connection.off('error', ignored)
  connection.release(!isUsable)
}

/** SQLSTATE, but for the classes that end the connection: 08, 57P and 58. */
function isServerError(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown }
  return typeof code === 'string' && /^(?!08|57P|58)[0-9A-Z]{5}$/.test(code)
}

async function before<T>(deadline: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- becomes a StoreError
        reject(timedOut)
      },
      Math.max(0, deadline - performance.now()),
    )
  })
  try {
    return await Promise.race([promise, timeout])
  } finally {
    clearTimeout(timer)
  }
}
