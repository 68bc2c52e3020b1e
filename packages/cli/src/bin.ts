#!/usr/bin/env node
import { runCli } from './main.ts'

// The one place that touches the process.
const aborting = new AbortController()
let interruptedBy: 'SIGINT' | 'SIGTERM' | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Who asks twice does not want to wait.
    if (interruptedBy !== undefined) {
      // What waited may have hidden the cursor.
      if (process.stderr.isTTY) process.stderr.write('\u001b[?25h')
      process.exit(exitCodeOf(signal))
    }
    interruptedBy = signal
    aborting.abort()
  })
}

const code = await runCli({
  argv: process.argv.slice(2),
  // eslint-disable-next-line no-restricted-properties -- an entry point, not a library
  environment: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  workingDirectory: process.cwd(),
  signal: aborting.signal,
  // eslint-disable-next-line no-restricted-properties -- handed to the connectors
  fetch: (request) => globalThis.fetch(request),
  openPage: async (url) => (await import('open')).default(url),
})
await Promise.all([process.stdout, process.stderr].map(flushed))
process.exit(interruptedBy === undefined ? code : exitCodeOf(interruptedBy))

function exitCodeOf(signal: 'SIGINT' | 'SIGTERM'): number {
  return signal === 'SIGINT' ? 130 : 143
}

/** Pipes are written in the background, and exiting would cut them off. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => {
      resolve()
    })
  })
}
