export type { JwtAlgorithm } from './algorithms.ts'
export { importPrivateKey, type PrivateKeyOptions } from './private-key.ts'
export { ServerClock } from './server-clock.ts'
export { type JwtOptions, signJwt } from './sign-jwt.ts'
