/**
 * What to grant so that a refused call works, from the headers that GitHub sends along with the refusal.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#insufficient-permissions
 */
export function permissionHint(headers: Headers): string | undefined {
  if (headers.get('x-github-sso')?.startsWith('required') === true) {
    return 'Authorize the token for the organization in GitHub (single sign-on).'
  }
  // `a=read,b=write; c=read`: all of the first set, or the second.
  const permissions = setsIn(headers.get('x-accepted-github-permissions'), ';')
    .map((set) => setsIn(set, ',').filter(isPermission).join(' and '))
    .filter(Boolean)
  if (permissions.length > 0) return `Grant the token ${permissions.join(', or ')}.`
  const { granted, accepted } = scopesIn(headers)
  if (accepted.length === 0) return undefined
  if (accepted.some((scope) => granted.includes(scope))) {
    return 'The token has the scope; its account lacks the role in the repository or organization.'
  }
  return `Grant the token ${named(accepted)}.`
}

/** GitHub hides what a classic token may not see: it answers 404, yet names the scope that would do. */
export function scopeHint(headers: Headers): string | undefined {
  const { granted, accepted } = scopesIn(headers)
  const isShort = accepted.length > 0 && !accepted.some((scope) => granted.includes(scope))
  return isShort ? `Check the identifiers; if it is private, grant the token ${named(accepted)}.` : undefined
}

const named = (scopes: readonly string[]) =>
  `${scopes.length === 1 ? 'the scope' : 'one of the scopes'} ${scopes.join(', ')}`

function scopesIn(headers: Headers): { granted: readonly string[]; accepted: readonly string[] } {
  return {
    granted: setsIn(headers.get('x-oauth-scopes'), ','),
    accepted: setsIn(headers.get('x-accepted-oauth-scopes'), ',').filter(isScope),
  }
}

const setsIn = (header: string | null, separator: string) =>
  (header ?? '')
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean)

// A hint goes to a model as it stands, so only what looks like a permission or a scope gets into it.
const isPermission = (text: string) => /^[a-z_]{1,60}=(read|write|admin)$/.test(text)
const isScope = (text: string) => /^[a-z_]{1,30}(:[a-z_]{1,30})?$/.test(text)
