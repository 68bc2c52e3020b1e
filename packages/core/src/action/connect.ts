import { Connection } from './connection.ts'
import type { ConnectionOptions } from './connection-options.ts'
import type { Service } from './service.ts'

/**
 * One service under one credential, for apps that use a few of its actions: only those are bundled.
 * Throws ConfigError (`CONFIG_INVALID`) at once when the options are wrong.
 *
 * @example await connect(github, { auth }).run(listIssues, { owner, repo })
 */
export function connect<S extends Service>(service: S, options: ConnectionOptions<S>): Connection {
  return new Connection(service, options)
}
