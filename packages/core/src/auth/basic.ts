import { ConfigError } from '../errors/errors.ts'
import type { Authenticator } from './authenticator.ts'
import { base64 } from './base64.ts'
import type { CredentialValue } from './credential-value.ts'
import { Secret } from './secret.ts'
import { staticCredential } from './static-credential.ts'

/** One value, or several that are joined: `[email, '/token']` makes `me@example.com/token`. */
export type BasicPart = CredentialValue | readonly CredentialValue[]

export interface BasicOptions {
  username: BasicPart
  /** Empty for services that take the key as user name alone. */
  password: BasicPart
}

/**
 * `Authorization: Basic …`, UTF-8. Constants such as `x` or `api_token` are plain strings.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7617
 */
export function basic({ username, password }: BasicOptions): Authenticator {
  const values = { ...named('username', username), ...named('password', password) }
  return staticCredential(values, (current) => {
    const user = joined('username', current)
    if (user.includes(':')) {
      throw new ConfigError('Invalid credential: username: it holds a colon.', {
        code: 'CONFIG_INVALID',
        outcome: 'not_sent',
        hint: 'A Basic user name cannot hold ":"; check which value goes where.',
      })
    }
    return {
      headers: { authorization: new Secret(`Basic ${base64(`${user}:${joined('password', current)}`)}`) },
    }
  })
}

function named(name: string, part: BasicPart): Record<string, CredentialValue> {
  const isComposite = Array.isArray(part)
  const parts = isComposite ? (part as readonly CredentialValue[]) : [part as CredentialValue]
  const present = parts.filter((value) => value !== '')
  return Object.fromEntries(present.map((value, index) => [isComposite ? `${name}.${index}` : name, value]))
}

function joined(name: string, current: Readonly<Record<string, Secret>>): string {
  return Object.entries(current)
    .filter(([field]) => field.split('.')[0] === name)
    .map(([, secret]) => secret.reveal())
    .join('')
}
