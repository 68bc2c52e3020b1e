import type { World } from '../http/scope.ts'
import type { Device } from '../state/types.ts'

/** Ends what apps were issued; personal access tokens are nobody's but the user's. */
export function expireAccessTokens({ state, now }: World): void {
  for (const token of state.tokens.values()) {
    const isOfApp = (token.clientId ?? token.installationId) !== undefined
    if (isOfApp) token.expiresAt = Math.min(token.expiresAt ?? Infinity, now())
  }
}

/** Enters a user code as the signed-in user. */
export function answerDevice(world: World, userCode: string, answer: 'approve' | 'deny'): void {
  const device = waitingDevice(world, userCode)
  if (answer === 'deny') {
    device.isDenied = true
    return
  }
  const { signedIn } = world.state
  if (signedIn === undefined) throw new TypeError('Nobody is signed in: add a user to the seed.')
  device.approvedBy = signedIn
}

function waitingDevice({ state, now }: World, userCode: string): Device {
  const entered = userCode.toUpperCase()
  const device = [...state.devices.values()].find((one) => one.userCode === entered)
  const isWaiting = device && !device.isDenied && device.approvedBy === undefined && device.expiresAt > now()
  if (!isWaiting) throw new TypeError(`No device waits for the user code ${JSON.stringify(userCode)}.`)
  return device
}
