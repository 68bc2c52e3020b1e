import { ConfigError } from '../errors/errors.ts'

/** An environment, such as `process.env`. Empty values count as unset. */
export type Environment = Readonly<Record<string, string | undefined>>

/** How one auth kind is written in environment variables: config field → variable. */
export interface EnvironmentKind<Config> {
  required: Readonly<Record<string, string>>
  optional?: Readonly<Record<string, string>>
  build: (values: Readonly<Record<string, string>>) => Config
}

/**
 * The first kind whose variables are all set. Where none is complete, throws ConfigError (`CONFIG_INVALID`)
 * naming the missing variables of the kind that was begun, or of every kind. Reads nothing but `environment`.
 */
export function authFromEnv<Config>(
  service: string,
  environment: Environment,
  kinds: readonly EnvironmentKind<Config>[],
): Config {
  const isSet = (variable: string) => (environment[variable] ?? '').trim() !== ''
  const missingOf = (kind: EnvironmentKind<Config>) =>
    Object.values(kind.required).filter((name) => !isSet(name))

  const complete = kinds.find((kind) => missingOf(kind).length === 0)
  if (complete) {
    const variables = { ...complete.required, ...complete.optional }
    const present = Object.entries(variables).filter(([, variable]) => isSet(variable))
    return complete.build(
      Object.fromEntries(present.map(([field, variable]) => [field, (environment[variable] ?? '').trim()])),
    )
  }

  const begun = kinds.find((kind) => missingOf(kind).length < Object.keys(kind.required).length)
  const missing = (begun ? [begun] : kinds).map((kind) => missingOf(kind).join(' and '))
  throw new ConfigError(`No ${service} credential in the environment: ${missing.join(', or ')} is not set.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: `Set ${missing.join(', or ')}.`,
    issues: missing.map((path) => ({ path, expected: 'a non-empty value' })),
  })
}
