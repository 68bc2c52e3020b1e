import { createGithubEmulator, type GithubEmulator, type GithubSeed } from '@agent/emulators'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { GithubConnector } from '../src/index.ts'

type Options = ConstructorParameters<typeof GithubConnector>[0]

export const place = { owner: 'harborworks', repo: 'billing-portal' }

export interface World {
  readonly emulator: GithubEmulator
  /** A connector at the emulator, as maria-silva with scope `repo` unless told. */
  connect(options?: Partial<Options>): GithubConnector
}

/** An emulated GitHub for the tests of a file, back at its seed before each. */
export function useGithub(options: { seed?: GithubSeed; now?: () => number } = {}): World {
  let emulator: GithubEmulator | undefined
  const running = () => {
    if (!emulator) throw new Error('The emulator runs only within tests.')
    return emulator
  }
  beforeAll(async () => {
    emulator = await createGithubEmulator(options)
  })
  beforeEach(() => {
    running().reset()
  })
  afterAll(async () => {
    await emulator?.close()
  })
  return {
    get emulator() {
      return running()
    },
    connect: (given) =>
      new GithubConnector({
        baseUrl: running().url,
        auth: token('test-token-1'),
        drift: 'error',
        backoffMs: 0,
        ...given,
      }),
  }
}

export const token = (value: string) => ({ type: 'personalAccessToken', token: value }) as const

/** What a call fails with; fails itself when the call succeeds. */
export async function failureOf(call: PromiseLike<unknown>): Promise<unknown> {
  const outcome = await call.then(
    () => 'succeeded' as const,
    (error: unknown) => ({ error }),
  )
  if (outcome === 'succeeded') throw new Error('The call succeeded.')
  return outcome.error
}
