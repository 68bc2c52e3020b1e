import * as z from 'zod'
import { credentialValue } from './credential-value.ts'
import type { OnTokens } from './oauth2.ts'

const text = () => z.string().min(1)

const onTokens = () =>
  z.custom<OnTokens>((value) => typeof value === 'function', { error: 'expected a function' })

/** The fields that every connector's OAuth 2.0 auth config shares; the connector says which it requires. */
export const oauth2Fields = () => ({
  clientId: text(),
  clientSecret: credentialValue(),
  refreshToken: text(),
  accessToken: text(),
  /** When `accessToken` expires: a Date, or a text in ISO 8601. */
  expiresAt: z.union([z.date(), z.iso.datetime({ offset: true }).transform((at) => new Date(at))]),
  onTokens: onTokens(),
})
