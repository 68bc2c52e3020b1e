import type { OAuth2Tokens } from '../oauth2.ts'
import type { LoginOptions } from './login-options.ts'

export interface DeviceAuthorizationOptions extends LoginOptions {
  deviceAuthorizationUrl: string
  scope?: string | undefined
  /** Waits between polls, and ends early, without an error, when the signal fires; for tests. */
  wait?: ((delayMs: number, signal: AbortSignal | undefined) => Promise<void>) | undefined
}

export interface DevicePollOptions {
  /** Ends the waiting at once, with AbortError. */
  signal?: AbortSignal | undefined
  /** Told before each poll. */
  onPoll?: ((event: { attempt: number; waitedMs: number }) => void) | undefined
}

export interface DeviceAuthorization {
  /** What the user types in at `verificationUri`. */
  userCode: string
  verificationUri: string
  /** With the user code in it, for a QR code or a browser, where the service makes one. */
  verificationUriComplete?: string
  expiresAt: Date
  /** Between polls, at first. */
  intervalMs: number
  /**
   * Asks until the user has decided. Throws AuthRejectedError where the user said no (`AUTHORIZATION_DENIED`)
   * or the code expired (`AUTHORIZATION_EXPIRED`). Passing failures of the server are waited out.
   */
  poll(options?: DevicePollOptions): Promise<OAuth2Tokens>
}

/**
 * Begins a login on another device, for a CLI or whatever has no browser: show `userCode` and
 * `verificationUri` to the user, then `poll`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8628
 */
export async function startDeviceAuthorization(
  options: DeviceAuthorizationOptions,
): Promise<DeviceAuthorization> {
  const { begin } = await import('./begin-device.ts')
  return begin(options)
}
