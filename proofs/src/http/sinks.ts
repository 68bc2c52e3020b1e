import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { inspect } from 'node:util'

const whole = {
  depth: Number.POSITIVE_INFINITY,
  showHidden: true,
  maxStringLength: null,
  maxArrayLength: null,
}

/** Everywhere that an error shows itself. */
export const sinks: Readonly<Record<string, (error: Error) => string>> = {
  message: ({ message }) => message,
  stack: ({ stack }) => stack ?? '',
  'cause chain': (error) => causes(error).map(String).join('\n'),
  JSON: (error) => JSON.stringify(error),
  'JSON of every property': (error) => JSON.stringify(error, Object.getOwnPropertyNames(error)),
  inspect: (error) => inspect(error, whole),
  'inspect without customs': (error) => inspect(error, { ...whole, customInspect: false }),
  String: String,
  'console.log': logged,
  'structured clone': (error) => inspect(structuredClone(error), whole),
}

function causes(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...causes(error.cause)] : []
}

/** What console.log writes. */
function logged(value: unknown): string {
  const chunks: string[] = []
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(String(chunk))
      done()
    },
  })
  const { log } = new Console({ stdout: stream, stderr: stream, inspectOptions: { depth: null } })
  log(value)
  return chunks.join('')
}

/** An event as a logger would write it, in one of two ways. */
export const eventText = (event: unknown) => `${JSON.stringify(event)}\n${inspect(event, whole)}`
