import { credentialValue } from '@agent/core'
import * as z from 'zod'

const text = (pattern: RegExp) => z.string().regex(pattern)
const id = (pattern: RegExp) => z.union([z.int().positive(), text(pattern)])
// Logins and ids go into paths, so none may be a dot segment.
const name = /^[\w.-]+$/

/** Schema of the auth of a GitHub App's installation. */
export const appInstallationAuth = () =>
  z
    .strictObject({
      type: z.literal('appInstallation'),
      /** The app's client id, which GitHub recommends, or its app id. */
      appId: id(name),
      /** PEM as GitHub hands it out (PKCS#1), or PKCS#8; a function is called for every new token. */
      privateKey: credentialValue(),
      installationId: id(/^\d+$/).optional(),
      /** Login of the organization or user that installed the app; the installation is looked up. */
      account: text(/^[\w-]+$/).optional(),
      /** `owner/name` of a repository that the app is installed on; the installation is looked up. */
      repository: text(/^[\w-]+\/(?!\.+$)[\w.-]+$/).optional(),
      /** Names, without owner, of the only repositories that tokens may reach. */
      repositories: z.array(text(name)).min(1).optional(),
      /** The only permissions that tokens have; all that the installation was granted unless told. */
      permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])).optional(),
    })
    .refine(
      ({ installationId, account, repository }) =>
        [installationId, account, repository].filter(Boolean).length === 1,
      { path: ['installationId'], error: 'expected one of installationId, account, repository' },
    )

export type AppInstallationConfig = z.output<ReturnType<typeof appInstallationAuth>>
