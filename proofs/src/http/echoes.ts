import type { ServerResponse } from 'node:http'

type Echo = (response: ServerResponse, text: string) => void

const answer =
  (
    status: number,
    body: (text: string) => unknown,
    headers: (text: string) => Record<string, string>,
  ): Echo =>
  (response, text) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers(text) })
    response.end(JSON.stringify(body(text)))
  }

const none = () => ({})
const inMembers = (text: string) => ({
  message: `no good: ${text}`,
  code: text,
  hint: `Not ${text}.`,
  id: text,
  field: text,
})
const location = (to: (text: string) => string, status = 302) =>
  answer(status, none, (text) => ({ location: to(text) }))

const rawLines =
  (...lines: ((text: string) => string)[]): Echo =>
  (response, text) =>
    response.socket?.end(lines.map((line) => `${line(text)}\r\n`).join(''))

/** Every place of an answer where a service may repeat what it was sent. */
export const echoes: Readonly<Record<string, Echo>> = {
  'body of a 401': answer(401, inMembers, none),
  'body of a 403': answer(403, inMembers, none),
  'body of a 422': answer(422, inMembers, none),
  'body of a 429': answer(429, inMembers, () => ({ 'retry-after': '3600' })),
  'body of a 500': answer(500, inMembers, none),
  'request id': answer(400, none, (text) => ({ 'x-request-id': text })),
  'request id of a success': answer(
    200,
    () => ({ id: 1 }),
    (text) => ({ 'x-request-id': text }),
  ),
  'rate limit header': answer(400, none, (text) => ({ 'x-ratelimit-resource': text })),
  'rate limit header of a success': answer(
    200,
    () => ({ id: 1 }),
    (text) => ({ 'x-ratelimit-resource': text }),
  ),
  'other headers': answer(401, none, (text) => ({
    'www-authenticate': text,
    'retry-after': text,
    date: text,
  })),
  'content type': answer(200, none, (text) => ({ 'content-type': `text/html; charset="${text}"` })),
  'content encoding': answer(200, none, (text) => ({ 'content-encoding': text })),
  'redirect to a path': location((text) => `/moved/${text}`),
  'redirect to a query': location((text) => `/moved?key=${text}#${text}`),
  'redirect to another host': location((text) => `https://${text}.example.com/`),
  'redirect to another path elsewhere': location((text) => `https://other.example.com/${text}?${text}`, 307),
  'redirect with user info': location((text) => `https://${encodeURIComponent(text)}:x@other.example.com/`),
  'redirect to nonsense': location((text) => `http://[${text}`),
  'HTML page': (response, text) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(`<h1>${text}</h1>`)
  },
  'broken JSON': (response, text) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(`{"message": "${text}`)
  },
  'names of an unexpected answer': answer(200, (text) => ({ id: text, properties: { [text]: 5 } }), none),
  'connection cut in the body': (response, text) => {
    response.writeHead(400, { 'content-type': 'application/json', 'content-length': '9999' })
    response.write(`{"message": "${text}"`, () => response.destroy())
  },
  'reason phrase': rawLines(
    (text) => `HTTP/1.1 400 ${text}`,
    () => 'content-length: 0',
    () => '',
  ),
  'not HTTP': rawLines((text) => text),
  'broken header': rawLines(
    () => 'HTTP/1.1 200 OK',
    (text) => `bad header ${text}\u0000`,
    () => '',
  ),
}
export const echoNames = Object.keys(echoes)
