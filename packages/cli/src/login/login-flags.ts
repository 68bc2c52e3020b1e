import type { CommonFlags } from '../context.ts'

export interface LoginFlags extends CommonFlags {
  account?: string
  scopes?: string
  actions?: string
  readOnly?: true
  browser?: true
  device?: true
  port?: number
  redirectUri?: string
  clientId?: string
  clientSecretFile?: string
  secretStdin?: true
  kind?: string
  tokenStdin?: true
  tokenFile?: string
  baseUrl?: string
  timeout: number
  open: boolean
}
