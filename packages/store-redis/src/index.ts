export { redisStore, type RedisStore, type RedisStoreOptions } from './redis-store.ts'
export type { RedisCluster, RedisConnection } from './client.ts'
