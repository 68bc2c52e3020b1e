import { type CredentialReport, saveCredential, type ServiceLogin } from '@agent/core'
import { localCredentials } from '../credentials/local-credentials.ts'
import { describeGrant } from '../credentials/describe.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import type { LoginFlags } from '../login/login-flags.ts'
import type { NewCredential } from '../login/new-credential.ts'
import { oauthLogin } from '../login/oauth-login.ts'
import { isPasted, pastedLogin } from '../login/pasted-login.ts'
import { untilAborted } from '../login/until-aborted.ts'
import { loginOf } from '../services.ts'
import { interrupted } from '../terminal/read-secret.ts'
import { usageError } from '../usage-error.ts'

/** `agent login`: connects an account and saves its credential. */
export async function login(context: Context, name: string, flags: LoginFlags): Promise<ExitCode> {
  assertOneWay(flags)
  const service = await loginOf(context.services, name)
  const local = localCredentials(context, flags)
  const credential = await (isPasted(flags) ? pastedLogin : oauthLogin)(context, service, flags)
  const report = await inspected(context, service, flags, credential)
  const account = flags.account ?? report?.account ?? ''
  const scope = credential.scope ?? report?.scopes?.join(' ')
  const { refreshTokenExpiresAt } = credential
  if (context.signal.aborted) throw interrupted()
  const { baseUrl } = flags
  await saveCredential(local.store, service.service, {
    account,
    auth: credential.auth,
    baseUrl,
    scope,
    refreshTokenExpiresAt,
  })
  tell(context, service, { report, account, flags, local, credential })
  return exitCodes.ok
}

/** What the service says of the new credential. Without a name to save it under, it must say something. */
async function inspected(
  { terminal, fetch, signal }: Context,
  service: ServiceLogin,
  flags: LoginFlags,
  credential: NewCredential,
): Promise<CredentialReport | undefined> {
  const { account, baseUrl } = flags
  const asking = service.inspect(credential.auth, { baseUrl, fetch, signal })
  try {
    return await untilAborted(signal, asking)
  } catch (error) {
    // Tokens that were granted are worth more than what can be told of them.
    const isKept = account !== undefined && !isPasted(flags) && !signal.aborted
    if (!isKept) throw error
    terminal.note(
      'The service granted the tokens but could not be asked about them. They are saved all the same.',
    )
    return undefined
  }
}

const typeOf = ({ auth }: NewCredential) => (auth as { type?: unknown }).type

function assertOneWay(flags: LoginFlags): void {
  const ways = [flags.device, flags.browser, isPasted(flags)].filter((way) => way === true)
  if (ways.length > 1)
    throw usageError('Several ways to log in were given.', 'Give one of --device, --browser and --kind.')
  if (flags.secretStdin === true && flags.tokenStdin === true)
    throw usageError('Standard input can be read once.', 'Give one of the two in a file.')
  if (flags.scopes !== undefined && (flags.actions !== undefined || flags.readOnly === true))
    throw usageError('--scopes already says what to ask for.', 'Leave it out, or --actions and --read-only.')
}

interface Told {
  credential: NewCredential
  report: CredentialReport | undefined
  account: string
  flags: LoginFlags
  local: ReturnType<typeof localCredentials>
}

function tell({ terminal }: Context, { service }: ServiceLogin, told: Told): void {
  const { report, account, flags, local, credential } = told
  const { source, directories } = local
  const { displayName } = report ?? {}
  const who = displayName === undefined || displayName === account ? account : `${account} (${displayName})`
  const use = `auth: { type: 'stored', store: ${source}, account: ${quoted(account)} }`
  const json = {
    service: service.name,
    account,
    type: typeOf(credential),
    ...(flags.baseUrl !== undefined && { baseUrl: flags.baseUrl }),
    ...report,
    ...(flags.account !== undefined && { account: flags.account }),
    store: directories.credentials,
  }
  terminal.result(json, [
    `Connected ${service.title} as ${who}.`,
    ...(report ? describeGrant(report) : []),
    '',
    'An app uses it with:',
    { text: `  ${use}`, style: 'cyan' },
  ])
}

const quoted = (text: string) => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`
