export type { CliOptions } from './context.ts'
export { exitCodes, type ExitCode } from './exit-codes.ts'
export { runCli } from './main.ts'
export type { ServiceRegistry } from './services.ts'
