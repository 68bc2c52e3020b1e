import type { Fetch } from '@agent/core'
import type { Readable, Writable } from 'node:stream'
import type { ServiceRegistry } from './services.ts'
import type { Terminal } from './terminal/terminal.ts'

/** What the command is given by whoever runs it. */
export interface CliOptions {
  /** Arguments after the command's own name. */
  argv: readonly string[]
  environment: Readonly<Record<string, string | undefined>>
  stdin: Readable & { isTTY?: boolean }
  stdout: Writable & { isTTY?: boolean }
  stderr: Writable & { isTTY?: boolean }
  /** Where `.env` files are looked for. */
  workingDirectory: string
  /** Aborts whatever the command does; then nothing is half done. */
  signal: AbortSignal
  fetch: Fetch
  /** Opens a page in the user's browser. */
  openPage: (url: string) => Promise<unknown>
  /** Services that can be connected, by name; all that there are unless told. */
  services?: ServiceRegistry | undefined
}

/** What a command works with. */
export interface Context extends Omit<CliOptions, 'services'> {
  services: ServiceRegistry
  terminal: Terminal
}

/** Options of every command. */
export interface CommonFlags {
  json?: true
  debug?: true
  store?: string
}

/** Options of every command that looks at saved credentials. */
export interface CredentialFlags extends CommonFlags {
  account?: string
  baseUrl?: string
}
