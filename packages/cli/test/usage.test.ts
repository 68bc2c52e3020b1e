import { expect, test } from 'vitest'
import { json, useWorld } from './world.ts'

const world = useWorld()

test.each(['--token', '--client-secret', '--access-token', '--api-key', '--refresh-token', '--password'])(
  '%s is refused, with a safe way, and not repeated',
  async (option) => {
    for (const given of [[`${option}=test-value-1`], [option, 'test-value-1']]) {
      const ran = await world.run(['login', 'github', ...given])
      expect(ran.code).toBe(2)
      expect(ran.stderr).toContain(`${option} is refused`)
      expect(ran.stderr).toMatch(/Use .*(stdin|agent login|prompt)/)
      expect(ran.stderr).not.toContain('test-value-1')
    }
  },
)

test('What was given is not repeated: it may be a secret in the wrong place', async () => {
  for (const argv of [
    ['login', 'github', 'test-value-1'],
    ['login', 'test-value-1'],
    ['login', 'github', '--tokn=test-value-1'],
    ['login', 'github', '--port', 'test-value-1'],
    ['login', 'github', '--client-id', 'x', '--actions', 'test-value-1'],
    ['login', 'github', '--client-id', 'x', '--redirect-uri', 'test-value-1', '--browser'],
    ['login', 'github', '--token-file', 'test-value-1'],
    ['login', 'github', '--base-url', 'test-value-1', '--client-id', 'x'],
    ['test-value-1'],
  ]) {
    const ran = await world.run(argv)
    expect(ran.code).toBe(2)
    expect(ran.stderr).not.toContain('test-value-1')
  }
})

test('An unknown command or option brings up the nearest', async () => {
  expect((await world.run(['logn'])).stderr).toContain('Did you mean login?')
  expect((await world.run(['login', 'github', '--acount', 'x'])).stderr).toContain('Did you mean --account?')
})

test('Help and version are no errors', async () => {
  for (const argv of [['--help'], ['login', '--help'], ['help', 'doctor']]) {
    const ran = await world.run(argv)
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toContain('Exit codes:')
  }
  expect((await world.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  const bare = await world.run([])
  expect(bare).toMatchObject({ code: 2, stdout: '' })
  expect(bare.stderr).toContain('Usage: agent')
})

test('Options that exclude each other are refused', async () => {
  for (const options of [
    ['--device', '--browser'],
    ['--device', '--token-stdin'],
    ['--token-stdin', '--secret-stdin'],
    ['--scopes', 'repo', '--read-only'],
  ]) {
    expect((await world.run(['login', 'github', '--client-id', 'x', ...options])).code).toBe(2)
  }
})

test('With --json an error is the one document', async () => {
  const ran = await world.run(['login', '--json'])
  expect(json(ran)).toEqual({
    error: {
      code: 'CONFIG_INVALID',
      message: "Missing required argument 'service'.",
      hint: 'Run it with --help to see how it is used.',
    },
  })
  expect(ran.stderr).toBe('')
})

test('A stack is shown with --debug alone', async () => {
  const failing = { services: { broken: () => Promise.reject(new Error('test-value-1')) } }
  const ran = await world.run(['login', 'broken'], failing)
  expect(ran).toMatchObject({ code: 1, stdout: '' })
  expect(ran.stderr).not.toMatch(/test-value-1|\bat .*:\d+/)
  expect((await world.run(['login', 'broken', '--debug'], failing)).stderr).toMatch(/\bat .*:\d+/)
})
