export { postgresStore, type PostgresStore, type PostgresStoreOptions } from './postgres-store.ts'
export type { PostgresConnection, PostgresPool } from './pool.ts'
