import { type AccessLevel, accessLevels } from '../state/types.ts'

/** Whether permissions include a level of one of them; a higher level includes the lower. */
export function grants(
  permissions: Readonly<Record<string, AccessLevel>>,
  name: string,
  least: AccessLevel,
): boolean {
  const held = permissions[name]
  return held !== undefined && accessLevels.indexOf(held) >= accessLevels.indexOf(least)
}
