import { encryptedStore, reencrypt, type ReencryptProgress, StoreError } from '@agent/core'
import { fileStore, localKeys } from '@agent/core/node'
import { localCredentials } from '../credentials/local-credentials.ts'
import type { CommonFlags, Context } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'

/**
 * `agent rotate`: encrypts everything under a new key, then removes the old ones. Interrupted anywhere, it is run
 * again: every key that something may need is still there.
 */
export async function rotate(context: Context, flags: CommonFlags): Promise<ExitCode> {
  const { terminal, signal } = context
  const { store, directories } = localCredentials(context, flags)
  const keys = localKeys({ directory: directories.keys })
  // Makes the first key where there is none yet.
  await keys.read()
  const keyId = await keys.rotate()
  const waiting = terminal.waiting('Encrypting under a new key')
  let done: ReencryptProgress
  try {
    const onProgress = ({ total }: ReencryptProgress) => {
      waiting.update(`Encrypting under a new key: ${total} done`)
    }
    done = await reencrypt(store, { onProgress, signal })
    // A credential that was saved meanwhile may be under the key before.
    while ((await reencrypt(store, { signal })).reencrypted > 0);
  } catch (error) {
    if (!StoreError.isInstance(error)) throw error
    throw unfinished(error)
  } finally {
    waiting.stop()
  }
  const all = await keys.read()
  // Not what came before: that is newer, from a rotation at the same time.
  const old = all.slice(all.findIndex(({ id }) => id === keyId) + 1)
  for (const { id } of old) await keys.remove(id)
  // Whoever had read the keys before they changed may have saved under an old one since.
  await reencrypt(encryptedStore(fileStore({ directory: directories.credentials }), { keys: all }), {
    signal,
  })
  terminal.result({ ...done, keyId, removedKeys: old.length }, [
    `Encrypted ${done.total === 1 ? '1 credential' : `${done.total} credentials`} under a new key, and removed ${old.length === 1 ? 'the old one' : `${old.length} old ones`}.`,
  ])
  return exitCodes.ok
}

function unfinished(error: StoreError): StoreError {
  const { code, outcome, hint = '' } = error
  return new StoreError(
    `Not everything could be encrypted anew, so the old keys are kept: ${error.message}`,
    {
      code,
      outcome,
      hint: `${hint} Then run agent rotate again.`.trim(),
      cause: error,
    },
  )
}
