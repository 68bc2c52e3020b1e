import { type HeldTokens, ProtocolError, Secret, type TokenReply } from '@agent/core'

/** The body as an object; undefined where it is none. */
export function readObject({ text }: TokenReply): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

export function readId(reply: TokenReply): number {
  const id = readObject(reply)?.['id']
  if (typeof id === 'number') return id
  throw unusable('id', 'a number')
}

/** A token, whose form is GitHub's affair, and when it ends by the clock of this machine. */
export function readToken(reply: TokenReply, now: number): HeldTokens {
  const { token, expires_at: expiresAt } = readObject(reply) ?? {}
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token))
    throw unusable('token', 'visible ASCII characters')
  const serverNow = Date.parse(reply.headers.get('date') ?? '')
  const end = Date.parse(String(expiresAt))
  const lifetimeMs = end - (Number.isNaN(serverNow) ? now : serverNow)
  const isKnown = lifetimeMs > 0
  return {
    accessToken: new Secret(token),
    ...(isKnown && { lifetimeMs, expiresAt: now + lifetimeMs }),
  }
}

function unusable(path: string, expected: string): ProtocolError {
  return new ProtocolError(`GitHub answered something unusable to the app: ${path} is not ${expected}.`, {
    code: 'REPLY_INVALID',
    outcome: 'not_sent',
    hint: 'Check that baseUrl is the root of a GitHub API.',
    issues: [{ path, expected }],
  })
}
