import { ConfigError } from '../../errors/errors.ts'
import { invisible } from '../../errors/invisible.ts'
import { parseConfiguredUrl } from '../../http/destination.ts'

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i

/**
 * The URL that a template makes with its variables: in the host each is one DNS label, in the path a segment or
 * a part of one. Throws ConfigError (`CONFIG_INVALID`), naming the variable, never its value, for one that is
 * missing, unknown to the template, or no such thing.
 *
 * @example expandUrl('https://{shop}.example.com/oauth/token', { shop: 'acme' })
 */
export function expandUrl(template: string, variables: Readonly<Record<string, string>>): string {
  const [scheme = '', rest = ''] = template.split(/(?<=^[^/{]*:\/\/)/)
  const slash = rest.indexOf('/')
  const hostEnd = slash === -1 ? rest.length : slash
  const used = new Set<string>()
  const expand = (text: string, encode: (name: string, value: string) => string) =>
    text.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
      used.add(name)
      const value: unknown = Object.hasOwn(variables, name) ? variables[name] : undefined
      if (typeof value !== 'string') throw invalid(name, 'a value')
      return encode(name, value)
    })
  const host = expand(rest.slice(0, hostEnd), hostLabel)
  const path = expand(rest.slice(hostEnd), pathSegment)
  for (const name of Object.keys(variables)) {
    if (!used.has(name)) throw invalid(name, 'a variable of the URL template')
  }
  const url = parseConfiguredUrl('URL', scheme + host + path)
  // Read back: had the URL parser made anything else of it, it would lead elsewhere.
  const isAsWritten = url.host === host.toLowerCase() && [path, path || '/'].includes(url.pathname)
  if (!isAsWritten) throw invalid([...used].join(' or '), 'values that leave the rest of the URL as it is')
  return url.href
}

function hostLabel(name: string, value: string): string {
  if (!label.test(value)) throw invalid(name, 'one part of a host name: letters, digits and hyphens')
  return value
}

function pathSegment(name: string, value: string): string {
  const isPlain = !['', '.', '..'].includes(value) && value.isWellFormed() && value.search(invisible) < 0
  if (!isPlain) throw invalid(name, 'a plain identifier')
  return encodeURIComponent(value)
}

function invalid(name: string, expected: string): ConfigError {
  const shown = /^[\w .-]{1,64}$/.test(name) ? name : 'variables'
  return new ConfigError(`Invalid ${shown}: expected ${expected}.`, {
    code: 'CONFIG_INVALID',
    outcome: 'not_sent',
    hint: `Correct ${shown}.`,
    issues: [{ path: shown, expected }],
  })
}
