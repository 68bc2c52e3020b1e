const unprintable = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/** A caller-chosen name made safe to print: control and bidi characters dropped, cut to 64 characters. */
export function quote(name: string): string {
  const cut = name.length > 64 ? `${name.slice(0, 63)}…` : name
  return `"${cut.replaceAll(unprintable, '\uFFFD')}"`
}
