import { accountOf } from '../state/lookup.ts'
import type { Account } from '../state/types.ts'
import { nodeId } from '../state/identifiers.ts'
import type { Scope } from '../http/scope.ts'
import { isoTime, type Json } from './values.ts'

const links = {
  followers_url: '/followers',
  following_url: '/following{/other_user}',
  gists_url: '/gists{/gist_id}',
  starred_url: '/starred{/owner}{/repo}',
  subscriptions_url: '/subscriptions',
  organizations_url: '/orgs',
  repos_url: '/repos',
  events_url: '/events{/privacy}',
  received_events_url: '/received_events',
}

/** The short form of an account that other objects embed. */
export function simpleUser(scope: Scope, login: string): Json {
  return renderSimple(scope, accountOf(scope.state, login))
}

export function simpleUsers(scope: Scope, logins: readonly string[]): Json[] {
  return logins.map((login) => simpleUser(scope, login))
}

function renderSimple(scope: Scope, account: Account): Json {
  const url = `${scope.apiRoot}/users/${account.login}`
  const urls = Object.fromEntries(Object.entries(links).map(([name, suffix]) => [name, `${url}${suffix}`]))
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type === 'User' ? 'U' : 'O', account.id),
    avatar_url: `${scope.webRoot}/avatars/u/${account.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${scope.webRoot}/${account.login}`,
    ...urls,
    type: account.type,
    user_view_type: 'public',
    site_admin: false,
  }
}

/** The full form of the account that asks; private members need the classic scope `user` or `read:user`. */
export function fullUser(scope: Scope, account: Account): Json {
  const own = [...scope.state.repositories.values()].filter(({ owner }) => owner === account.login)
  const hidden = own.filter((repository) => repository.private).length
  const grant = scope.viewer?.token.grant
  const showsPrivate =
    grant?.kind === 'classic' && ['user', 'read:user'].some((name) => grant.scopes.includes(name))
  return {
    ...renderSimple(scope, account),
    user_view_type: showsPrivate ? 'private' : 'public',
    name: account.name,
    company: account.company,
    blog: '',
    location: account.location,
    email: account.email,
    hireable: null,
    bio: account.bio,
    twitter_username: null,
    notification_email: account.email,
    public_repos: own.length - hidden,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: isoTime(account.createdAt),
    updated_at: isoTime(account.createdAt),
    ...(showsPrivate ? privateMembers(hidden) : {}),
  }
}

function privateMembers(hidden: number): Json {
  return {
    private_gists: 0,
    total_private_repos: hidden,
    owned_private_repos: hidden,
    disk_usage: 1_024,
    collaborators: 0,
    two_factor_authentication: true,
    plan: { name: 'free', space: 976_562_499, collaborators: 0, private_repos: 10_000 },
  }
}
