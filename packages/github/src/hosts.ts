/**
 * Where the OAuth endpoints live for an API base URL: `github.com` for the public API, the host without `api.`
 * for data residency on ghe.com, otherwise the same host, as on an Enterprise Server (`https://HOST/api/v3`).
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api
 */
export function webOriginOf(baseUrl: URL): string {
  const url = new URL(baseUrl.origin)
  // Of GitHub's own hosts alone: on any other, the parent domain may be somebody else's.
  if (/^api\.(github\.com|[^.]+\.ghe\.com)$/.test(url.hostname))
    url.hostname = url.hostname.slice('api.'.length)
  return url.origin
}

export const tokenUrlOf = (baseUrl: URL) => `${webOriginOf(baseUrl)}/login/oauth/access_token`
