import { ConfigError } from '@agent/core'

const expected =
  'a lower-case identifier of at most 63 characters, such as "agent_credentials" or "app.agent_credentials"'

/** The name as SQL writes it. Throws ConfigError where it is no plain identifier, with or without a schema. */
export function quotedTableName(table: string): string {
  const parts = table.split('.')
  if (parts.length <= 2 && parts.every((part) => /^[a-z_][a-z0-9_]{0,62}$/.test(part))) {
    return parts.map((part) => `"${part}"`).join('.')
  }
  throw new ConfigError(`Invalid options of postgresStore: table: expected ${expected}.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    issues: [{ path: 'table', expected }],
    hint: 'Give the table another name.',
  })
}
