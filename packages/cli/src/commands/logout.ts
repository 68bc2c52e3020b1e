import { ConnectorError, deleteSavedCredential } from '@agent/core'
import { localCredentials } from '../credentials/local-credentials.ts'
import { type OpenedCredential, openOne, readOpened } from '../credentials/open-saved.ts'
import type { Context, CredentialFlags } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { untilAborted } from '../login/until-aborted.ts'

export interface LogoutFlags extends CredentialFlags {
  revoke?: true
  keepRemote?: true
  force?: true
}

/** `agent logout`: makes a credential useless at its service, and deletes it here. */
export async function logout(context: Context, service: string, flags: LogoutFlags): Promise<ExitCode> {
  const { store } = localCredentials(context, flags)
  const opened = await openOne(context, store, service, flags)
  const { account, baseUrl, login } = opened
  const { title } = login.service
  const pasted = login.pasted.find(({ type }) => type === opened.summary.type)
  // What a person made by hand may be in use elsewhere, and does not come back.
  const isWanted = flags.revoke ?? (flags.keepRemote !== true && pasted === undefined)
  const isRevoked = isWanted && (await revoked(context, opened, flags.force === true))
  const isDeleted = await deleteSavedCredential(store, login.service, { account, baseUrl })
  const stillGood = `It was not revoked at ${title} and may still work. ${
    pasted === undefined
      ? "End the app's access in the settings of your account."
      : `Delete it there: ${pasted.url}`
  }`
  context.terminal.result(
    {
      service: login.service.name,
      account,
      revoked: isRevoked,
      deleted: isDeleted,
      ...(!isRevoked && { hint: stillGood }),
    },
    [
      isRevoked
        ? `Revoked the credential of ${account} at ${title}, and deleted it here.`
        : `Deleted the credential of ${account} here. ${stillGood}`,
    ],
  )
  return exitCodes.ok
}

/** False where the service offers no way, or has failed and `isForced`. */
async function revoked(context: Context, opened: OpenedCredential, isForced: boolean): Promise<boolean> {
  const { terminal, fetch, signal } = context
  const { login, baseUrl } = opened
  const { title } = login.service
  try {
    const { auth } = await readOpened(opened)
    return await untilAborted(signal, login.revoke(auth, { baseUrl, fetch, signal }))
  } catch (error) {
    if (!ConnectorError.isInstance(error) || signal.aborted) throw error
    if (!isForced) throw kept(error, title)
    terminal.note(`${title} did not revoke it: ${error.message}`)
    return false
  }
}

/** The error, telling that nothing was deleted. */
function kept(error: ConnectorError, title: string): ConnectorError {
  const { code, outcome, hint = '' } = error
  return new ConnectorError(`${title} did not revoke the credential, so it is kept here: ${error.message}`, {
    code,
    outcome,
    hint: `${hint} Try again, or delete it here all the same with --force.`.trim(),
    cause: error,
  })
}
