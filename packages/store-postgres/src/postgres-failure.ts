import { type StoreError, storeUnavailable } from '@agent/core'

const running = 'Check that the server runs, and host, port and TLS settings of the connection.'
const login = 'Check user, password and database of the connection, and pg_hba.conf of the server.'
const grants =
  'Grant select, insert, update and delete on the table, or let the role create it (createTable).'

/** By SQLSTATE, or by its class. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const hints: Record<string, string> = {
  '08': running,
  28: login,
  '3D': login,
  '3F': 'The schema of the table does not exist: create it, or give another with the option table.',
  22: 'The value does not fit the database: its encoding must be UTF8, and texts without NUL characters.',
  25: 'The server or the transaction is read-only: connect to the primary, with default_transaction_read_only off.',
  42501: grants,
  '42P01': 'The table is gone; it is created at the next call, or by hand with createTable: false.',
  53100: 'The disk of the database server is full: free some space there.',
  53300: 'The server has no connection left: raise max_connections, or use fewer.',
  53: 'The database server lacks memory, disk or connections: see its log.',
  '57P': 'The server was shut down or is starting: try again when it runs.',
  TIMEOUT: 'The server did not answer in time: check it and the network, or raise timeoutMs.',
  ERR_INVALID_URL: 'The connection string is no URL: expected postgres://user:password@host:port/database.',
}

/** What went wrong, without the message of the driver, which may hold values. */
export function postgresFailure(error: unknown): StoreError {
  const code = codeOf(error)
  const hint = hints[code] ?? hints[code.slice(0, 3)] ?? hints[code.slice(0, 2)] ?? running
  return storeUnavailable('PostgreSQL', error, hint)
}

/** True where the same statement may work at once: PostgreSQL undid it for the sake of another. */
export function isConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error))
}

export function isTableGone(error: unknown): boolean {
  return codeOf(error) === '42P01'
}

function codeOf(error: unknown): string {
  const { code } = Object(error) as { code?: unknown }
  return typeof code === 'string' ? code : ''
}
