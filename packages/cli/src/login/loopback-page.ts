/** No script, nothing loaded, nothing kept; and the address, which holds the code, goes nowhere. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  connection: 'close',
} as const

/** What the browser shows at the end. */
export function page(isDenied: boolean): string {
  const said = isDenied ? 'Access was not granted.' : 'The answer has arrived.'
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>agent login</title>
<p>${said} You can close this window and go back to the terminal.</p>
</html>
`
}
