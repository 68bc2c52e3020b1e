import { ConfigError } from '@agent/core'

/** The command was used wrongly. `message` and `hint` hold no value that was given, as it may be a secret. */
export function usageError(message: string, hint: string): ConfigError {
  return new ConfigError(message, { code: 'CONFIG_INVALID', outcome: 'not_sent', hint })
}
