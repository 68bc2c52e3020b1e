import type { ConnectionEvents } from '@agent/core'
import { expect, it } from 'vitest'
import { combineEvents } from '../src/index.ts'
import { useObservedWorld } from './observed-world.ts'

const world = useObservedWorld()

it('combineEvents calls the hooks of each set, whatever the others do', async () => {
  const seen: string[] = []
  const own: ConnectionEvents = {
    onCall: ({ action }) => seen.push(action),
    onResult: () => {
      throw new Error('logger down')
    },
  }
  world.emulator.addFault({ kind: 'fails-before-applying', status: 503 })
  const onRetry = ({ reason }: { reason: string }) => seen.push(reason)
  await world.connect(combineEvents(own, world.instrument(), { onRetry })).viewer.get()
  expect(seen).toEqual(['viewer.get', 'SERVER_ERROR'])
  expect(world.trees()).toMatchObject([{ children: [{ isError: true }, { isError: false }] }])
})
