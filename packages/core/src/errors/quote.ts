import { invisible } from './invisible.ts'

/** A caller-chosen name made safe to print: control and bidi characters dropped, cut to 64 characters. */
export function quote(name: string): string {
  const cut = name.length > 64 ? `${name.slice(0, 63)}…` : name
  return `"${cut.replaceAll(invisible, '\uFFFD')}"`
}
