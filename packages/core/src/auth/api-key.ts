import { ConfigError } from '../errors/errors.ts'
import type { Authenticator } from './authenticator.ts'
import type { CredentialValue } from './credential-value.ts'
import { Secret } from './secret.ts'
import { staticCredential } from './static-credential.ts'

export type ApiKeyOptions = { key: CredentialValue } & (
  | {
      /** Header that carries the key. */
      header: string
      /** Header value with `{key}` where the key goes, such as `Token token={key}`; `{key}` unless told. */
      template?: string
    }
  | {
      /** Query parameter that carries the key; the service must declare `credentialsInQuery`. */
      query: string
    }
)

/** An API key in a header, or in the query where the service asks for it. */
export function apiKey(options: ApiKeyOptions): Authenticator {
  if ('query' in options) {
    const { key, query } = options
    return staticCredential({ key }, (current) => ({ headers: {}, query: { [query]: current.key } }))
  }
  const { key, header, template = '{key}' } = options
  if (!template.includes('{key}')) {
    throw new ConfigError('Invalid API key template: it has no "{key}".', {
      code: 'CONFIG_INVALID',
      outcome: 'not_sent',
      hint: 'Put {key} where the key goes, such as "Token {key}".',
    })
  }
  return staticCredential({ key }, (current) => ({
    headers: { [header.toLowerCase()]: new Secret(template.replaceAll('{key}', () => current.key.reveal())) },
  }))
}
