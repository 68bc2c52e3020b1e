/**
 * Where the OAuth endpoints live for an API base URL: `github.com` for the public API, the same host for an
 * Enterprise Server (`https://HOST/api/v3`), the host without `api.` for data residency on ghe.com.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api
 */
export function webOriginOf(baseUrl: URL): string {
  const url = new URL(baseUrl.origin)
  if (!baseUrl.pathname.startsWith('/api/')) url.hostname = url.hostname.replace(/^api\./, '')
  return url.origin
}

export const tokenUrlOf = (baseUrl: URL) => `${webOriginOf(baseUrl)}/login/oauth/access_token`
