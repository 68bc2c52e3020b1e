import type { AuthContext, Authenticator, Authorization } from './authenticator.ts'
import { assertSendable, type CredentialValue, readCredential } from './credential-value.ts'
import { Secret } from './secret.ts'

/**
 * Authenticator of a credential that nobody renews but the app may rotate: `build` makes the authorization
 * from the current values, and after a 401 the request is sent again if a function now returns others.
 */
export function staticCredential<Field extends string>(
  values: Readonly<Record<Field, CredentialValue>>,
  build: (current: Readonly<Record<Field, Secret>>) => Omit<Authorization, 'generation'>,
): Authenticator {
  const fields = Object.keys(values) as Field[]
  const canChange = fields.some((field) => typeof values[field] === 'function')

  async function read(context: AuthContext): Promise<Authorization> {
    const secrets = await Promise.all(fields.map((field) => readCredential(field, values[field])))
    const current = Object.fromEntries(fields.map((field, index) => [field, secrets[index]]))
    const built = build(current as Record<Field, Secret>)
    const inHeaders = Object.values(built.headers).filter((value) => value instanceof Secret)
    const derived = inHeaders.map(withoutScheme)
    for (const secret of [...secrets, ...derived]) context.protect(secret)
    for (const secret of derived) assertSendable(fields.join(' or '), secret)
    return { ...built, generation: new Secret(secrets.map((secret) => secret.reveal()).join('\n')) }
  }

  const authorize = read
  if (!canChange) return { authorize }
  return {
    authorize,
    async onUnauthorized(rejected, context) {
      const { generation } = await read(context)
      return reveal(generation) !== reveal(rejected.generation)
    },
  }
}

const reveal = (generation: unknown) => (generation instanceof Secret ? generation.reveal() : undefined)

/** `Basic abc` may come back as `abc`. */
const withoutScheme = (header: Secret) => new Secret(header.reveal().replace(/^\S+ /, ''))
