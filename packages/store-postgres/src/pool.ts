/** What the store needs of a connection; `PoolClient` of `pg` has it. */
export interface PostgresConnection {
  query(
    text: string,
    values: unknown[],
  ): Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>
  release(destroy?: boolean): void
  on(event: 'error', listener: (error: Error) => void): unknown
  off(event: 'error', listener: (error: Error) => void): unknown
}

/** What the store needs of a pool; `Pool` of `pg` has it, in any version 8. */
export interface PostgresPool {
  connect(): Promise<PostgresConnection>
  on(event: 'error', listener: (error: Error) => void): unknown
  off(event: 'error', listener: (error: Error) => void): unknown
}

/** A pool, and how the store parts from it. */
export interface PoolHandle {
  pool: PostgresPool
  end(): Promise<void>
}

/** `pg` is loaded only here: an app that brings a pool may have another version or copy of it. */
export async function openPool(connectionString: string, timeoutMs: number): Promise<PoolHandle> {
  const { Pool } = await import('pg')
  const pool = new Pool({
    connectionString,
    connectionTimeoutMillis: timeoutMs,
    max: 4,
    // A process that has nothing else to do may end.
    allowExitOnIdle: true,
  })
  pool.on('error', ignored)
  return { pool, end: () => pool.end() }
}

export function borrowPool(pool: PostgresPool): PoolHandle {
  pool.on('error', ignored)
  return {
    pool,
    end() {
      pool.off('error', ignored)
      return Promise.resolve()
    },
  }
}

/** A connection that breaks while idle ends the process unless somebody listens; the next call opens another. */
export function ignored(): void {
  // The call that uses a broken connection tells of it.
}
