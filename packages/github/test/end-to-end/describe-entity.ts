import type { GithubState } from '@agent/emulators'
import { describe, expect, it } from 'vitest'
import type { GithubConnector } from '../../src/index.ts'
import { place, useGithub, type World } from '../world.ts'

type Catalogue = typeof GithubConnector.catalogue
type Repository = GithubState['repositories'] extends Map<string, infer R> ? R : never

export interface Scene {
  github: GithubConnector
  world: World
  /** As the emulator holds it now. */
  repository: () => Repository
}

/** A test for every action of an entity; a missing one does not compile. */
export function describeEntity<Entity extends keyof Catalogue>(
  entity: Entity,
  tests: { readonly [Name in keyof Catalogue[Entity]]: (scene: Scene) => Promise<void> },
): void {
  describe(`${entity} against the emulator`, () => {
    const world = useGithub()
    for (const [name, run] of Object.entries<(scene: Scene) => Promise<void>>(tests)) {
      it(name, async () => {
        const called: string[] = []
        const github = world.connect({ onResult: ({ action }) => called.push(action) })
        const repository = () => {
          const found = world.emulator.state.repositories.get(`${place.owner}/${place.repo}`)
          if (!found) throw new Error('The repository is gone.')
          return found
        }
        await run({ github, world, repository })
        expect(called).toContain(`${entity}.${name}`)
      })
    }
  })
}
