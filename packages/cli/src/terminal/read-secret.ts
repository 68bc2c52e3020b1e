import { readFile, stat } from 'node:fs/promises'
import { AbortError, type ConfigError, Secret } from '@agent/core'
import type { Context } from '../context.ts'
import { usageError } from '../usage-error.ts'

/** Where a secret is read from; never the command line, which other users of the machine can see. */
export interface SecretSource {
  /** What it is, such as `client secret`. */
  name: string
  file?: string | undefined
  isStdin?: boolean | undefined
  /** The options that name another source, for the hint. */
  options: string
}

const maxLength = 16_384

/** The secret, or undefined where the user left it empty and `isOptional`. Throws ConfigError where there is none. */
export async function readSecret(
  context: Context,
  source: SecretSource & { isOptional: true },
): Promise<Secret | undefined>
export async function readSecret(context: Context, source: SecretSource): Promise<Secret>
export async function readSecret(
  context: Context,
  source: SecretSource & { isOptional?: boolean },
): Promise<Secret | undefined> {
  const { name, file, isStdin = false, options, isOptional = false } = source
  if (file !== undefined) return cleaned(name, await readSecretFile(context, name, file))
  if (isStdin) return cleaned(name, await readStdin(context, name))
  if (context.terminal.isInteractive) {
    const answer = await prompt(context, isOptional ? `${name} (none: leave empty)` : name)
    return isOptional && answer.trim() === '' ? undefined : cleaned(name, answer)
  }
  if (isOptional) return undefined
  throw usageError(
    `The ${name} is needed, and there is no terminal to ask for it.`,
    `Give it with ${options}, or run the command in a terminal.`,
  )
}

async function readSecretFile({ terminal }: Context, name: string, path: string): Promise<string> {
  try {
    const { mode } = await stat(path)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      terminal.note(`Other users may read the file of the ${name}. Run: chmod 600 ${path}`)
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = Object(error) as { code?: string }
    throw usageError(`The file of the ${name} cannot be read (${code ?? 'unknown'}).`, 'Check its path.')
  }
}

async function readStdin({ stdin, signal }: Context, name: string): Promise<string> {
  if (stdin.isTTY === true)
    throw usageError(
      `The ${name} would be shown while it is typed.`,
      'Pipe it in, or leave the option out: then it is asked for without being shown.',
    )
  const ended = Promise.withResolvers<never>()
  const end = () => {
    ended.reject(interrupted())
  }
  signal.addEventListener('abort', end, { once: true })
  try {
    if (signal.aborted) throw interrupted()
    return await Promise.race([textOf(stdin, name), ended.promise])
  } finally {
    signal.removeEventListener('abort', end)
  }
}

async function textOf(stdin: Context['stdin'], name: string): Promise<string> {
  stdin.setEncoding('utf8')
  let text = ''
  for await (const chunk of stdin) {
    text += chunk as string
    if (text.length > maxLength) throw malformed(name)
  }
  return text
}

/** Asks without showing what is typed, nor how long it is. */
async function prompt({ stdin, stderr, signal }: Context, message: string): Promise<string> {
  const { isCancel, password } = await import('@clack/prompts')
  if (signal.aborted) throw interrupted()
  const answer: unknown = await password({ message, mask: '', input: stdin, output: stderr, signal })
  if (isCancel(answer)) throw interrupted()
  // Nothing typed is no text.
  return typeof answer === 'string' ? answer : ''
}

function cleaned(name: string, text: string): Secret {
  const value = text.trim()
  if (value === '' || value.length > maxLength || /\s/.test(value)) throw malformed(name)
  return new Secret(value)
}

const malformed = (name: string): ConfigError =>
  usageError(`What was given as the ${name} is none.`, 'It is one word, and nothing else.')

export const interrupted = () =>
  new AbortError('Interrupted.', {
    code: 'ABORTED',
    outcome: 'not_sent',
    hint: 'Nothing was saved. Run the command again.',
  })
