import { describe, expect, test } from 'vitest'
import { hasPseudoTerminal, startAgent, typeInto } from './agent-process.ts'
import { browse, json, useWorld } from './world.ts'

const world = useWorld()
const login = (...more: string[]) => ['login', 'github', '--base-url', world.github.url, ...more]
const device = () => login('--client-id', 'test-client-id')

test('A token is piped in, and one JSON document comes out', async () => {
  const ran = await startAgent(world, login('--token-stdin', '--json'), 'test-token-1\n').ended
  expect(ran.code).toBe(0)
  expect(json(ran)).toMatchObject({ account: 'maria-silva' })
  const whoami = await startAgent(world, ['whoami', '--base-url', world.github.url, '--json']).ended
  expect(json(whoami)).toMatchObject({ credentials: [{ account: 'maria-silva', state: 'good' }] })
})

test('The process ends once the browser has come back', async () => {
  const argv = login('--browser', '--client-id', 'test-oauth-app-id', '--secret-stdin', '--no-open')
  const agent = startAgent(world, argv, 'test-oauth-app-secret')
  const [url] = await agent.said(/^http:.*authorize.*$/m)
  expect((await browse(url)).status).toBe(200)
  expect((await agent.ended).code).toBe(0)
  expect(await world.saved()).toHaveLength(1)
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a login cleanly', async (signal, code) => {
  const agent = startAgent(world, device())
  await agent.said(/enter this code/)
  agent.child.kill(signal)
  const ran = await agent.ended
  expect(ran.code).toBe(code)
  expect(ran.stderr).toContain('Interrupted')
  expect(await world.saved()).toEqual([])
})

describe.skipIf(!hasPseudoTerminal)('In a terminal', () => {
  const pasted = () => login('--kind', 'personalAccessToken')
  const pattern = '  token'

  test('a token is asked for, and neither it nor its length is shown', async () => {
    const ran = await typeInto(world, pasted(), { pattern, keys: String.raw`test-token-1\r` })
    expect(ran.stdout).toContain('Connected GitHub as maria-silva')
    expect(ran.code).toBe(0)
    expect(ran.stdout).not.toContain('test-token-1')
    expect(ran.stdout).not.toMatch(/[▪•*]{3,}/)
  })

  test('Ctrl-C at the prompt ends the command and gives the terminal back', async () => {
    const ran = await typeInto(world, pasted(), { pattern, keys: String.raw`test-tok\x03` })
    expect(ran.code).toBe(130)
    expect(ran.stdout).not.toContain('test-tok')
    expect(await world.saved()).toEqual([])
  })

  test('a client secret that is not needed may be left empty', async () => {
    const argv = login('--browser', '--client-id', 'test-oauth-app-id', '--timeout', '1', '--no-open')
    const ran = await typeInto(world, argv, { pattern: '  client secret', keys: String.raw`\r` })
    expect(ran.stdout).toContain('Nothing came back from the browser within 1 s')
    expect(ran.code).toBe(1)
  })
})
