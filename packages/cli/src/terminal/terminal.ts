import { styleText } from 'node:util'
import yoctoSpinner from 'yocto-spinner'
import type { CliOptions } from '../context.ts'
import { printable } from './printable.ts'

/** A line of a result, in a style where the terminal has any. */
export type Line = string | { text: string; style: Parameters<typeof styleText>[0] }

interface Waiting {
  update(text: string): void
  stop(): void
}

/** What the command says: its result on standard output, all else on standard error. */
export interface Terminal {
  readonly isJson: boolean
  /** True where a person can be asked. */
  readonly isInteractive: boolean
  /** The one result: `json` as a document where that was asked for, else the lines. */
  result(json: unknown, lines: readonly Line[]): void
  /** A line for people, on standard error. */
  note(line: string): void
  /** Shows that something is waited for: one line that moves on a terminal, a plain line elsewhere. */
  waiting(text: string): Waiting
}

export function terminalOf(
  { stdin, stdout, stderr, environment }: CliOptions,
  { isJson }: { isJson: boolean },
): Terminal {
  const noColor = environment['NO_COLOR']
  const isPlain = (noColor !== undefined && noColor !== '') || environment['TERM'] === 'dumb'
  const hasStyle = stdout.isTTY === true && !isJson && !isPlain
  const shown = (line: Line) => {
    if (typeof line === 'string') return printable(line)
    const text = printable(line.text)
    return hasStyle ? styleText(line.style, text, { validateStream: false }) : text
  }
  const note = (line: string) => {
    stderr.write(`${printable(line)}\n`)
  }
  return {
    isJson,
    isInteractive: stdin.isTTY === true && stderr.isTTY === true,
    result(json, lines) {
      const document = () => JSON.stringify(json, undefined, 2)
      stdout.write(`${isJson ? document() : lines.map(shown).join('\n')}\n`)
    },
    note,
    waiting(text) {
      if (stderr.isTTY === true && !isPlain) return spinner(stderr, text)
      note(text)
      return { update: () => undefined, stop: () => undefined }
    },
  }
}

/** With the time that has passed. */
function spinner(stderr: CliOptions['stderr'], text: string): Waiting {
  const startedAt = performance.now()
  let current = text
  const shown = () => `${printable(current)} (${Math.round((performance.now() - startedAt) / 1000)} s)`
  const moving = yoctoSpinner({ stream: stderr, text: shown(), handleSignals: false })
  moving.start()
  const clock = setInterval(() => {
    moving.text = shown()
  }, 1_000)
  return {
    update(next) {
      current = next
      moving.text = shown()
    },
    stop() {
      clearInterval(clock)
      moving.stop()
    },
  }
}
