import type { PastedCredential, ServiceLogin } from '@agent/core'
import type { Context } from '../context.ts'
import { readSecret } from '../terminal/read-secret.ts'
import { usageError } from '../usage-error.ts'
import type { LoginFlags } from './login-flags.ts'
import { type NewCredential, pastedAuth } from './new-credential.ts'

/** True where the user brings a credential instead of logging in. */
export const isPasted = ({ kind, tokenFile, tokenStdin }: LoginFlags): boolean =>
  kind !== undefined || tokenFile !== undefined || tokenStdin === true

/** Takes a credential that the user made at the service. */
export async function pastedLogin(
  context: Context,
  login: ServiceLogin,
  flags: LoginFlags,
): Promise<NewCredential> {
  const [kind, ...alternatives] = kindsOf(login, flags.kind)
  if (flags.tokenFile === undefined && flags.tokenStdin !== true) {
    for (const { title, url } of [kind, ...alternatives]) context.terminal.note(`${title}: made at ${url}`)
  }
  const secret = await readSecret(context, {
    name: alternatives.length === 0 ? kind.title : 'token',
    file: flags.tokenFile,
    isStdin: flags.tokenStdin,
    options: '--token-file or --token-stdin',
  })
  return pastedAuth(kind, secret)
}

/** Those of the wanted type; a service may have several ways to make one. */
function kindsOf(
  { pasted, service }: ServiceLogin,
  wanted: string | undefined,
): [PastedCredential, ...PastedCredential[]] {
  const types = [...new Set(pasted.map(({ type }) => type))]
  const type = wanted ?? (types.length === 1 ? types[0] : undefined)
  const [first, ...others] = pasted.filter((kind) => kind.type === type)
  if (first) return [first, ...others]
  const problem = wanted === undefined ? 'is needed, to tell what it is' : 'is not known'
  throw usageError(`--kind ${problem}.`, `Known for ${service.title}: ${types.join(', ') || 'none'}.`)
}
