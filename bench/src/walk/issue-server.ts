// Serves 10,000 full-size issues in pages of 100, ready-made so that the server costs a walk next to nothing.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGithubEmulator } from '@agent/emulators'

const pageSize = 100
const pageCount = 100

const emulator = await createGithubEmulator({
  seed: {
    users: [{ login: 'maria-silva' }],
    tokens: [{ token: 'test-token-1', login: 'maria-silva', scopes: ['repo'] }],
    repositories: [
      {
        owner: 'maria-silva',
        name: 'notes',
        issues: [
          {
            title: 'CSV export drops the last row of a long invoice list',
            // About as long as a bug report is.
            body: 'Exporting an invoice list to CSV leaves out the last invoice.\n'.repeat(20),
            author: 'maria-silva',
            labels: ['bug', 'documentation', 'help wanted'],
            assignees: ['maria-silva'],
          },
        ],
      },
    ],
  },
})
const headers = { authorization: 'Bearer test-token-1', 'user-agent': 'bench' }
const [issue] = (await (
  await fetch(`${emulator.url}/repos/maria-silva/notes/issues`, { headers })
).json()) as [object]
await emulator.close()

const pages = Array.from({ length: pageCount }, (_, page) =>
  Buffer.from(
    JSON.stringify(
      Array.from({ length: pageSize }, (_, index) => ({ ...issue, number: page * pageSize + index + 1 })),
    ),
  ),
)

const server = createServer(({ url = '/' }, outgoing) => {
  const { searchParams } = new URL(url, 'http://127.0.0.1')
  const page = Number(searchParams.get('page') ?? 1)
  outgoing.setHeader('content-type', 'application/json; charset=utf-8')
  if (page < pageCount) {
    searchParams.set('page', String(page + 1))
    const { port } = server.address() as AddressInfo
    const { pathname } = new URL(url, 'http://127.0.0.1')
    outgoing.setHeader('link', `<http://127.0.0.1:${port}${pathname}?${searchParams}>; rel="next"`)
  }
  outgoing.end(pages[page - 1])
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
process.send?.({ origin: `http://127.0.0.1:${port}`, pageBytes: pages[0]?.byteLength })
process.once('disconnect', () => process.exit())
