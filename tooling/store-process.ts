// One process among several that use the same credential storage; test-store-processes.ts starts it.
import { setTimeout } from 'node:timers/promises'
import type { CredentialStore } from '../packages/core/src/index.ts'

/** A credential store as another process can open it: a function that a module exports, and its options. */
export interface StoreRecipe {
  module: string
  factory: string
  options: object
}

export interface StoreTask {
  recipe: StoreRecipe
  name: 'increment' | 'increment under lock' | 'hold' | 'overwrite'
  key: string
  rounds: number
  ttlMs: number
}

const owner = `process-${process.pid}`

async function run({ recipe, name, key, rounds, ttlMs }: StoreTask): Promise<void> {
  const module = (await import(recipe.module)) as Record<string, (options: object) => CredentialStore>
  const store = module[recipe.factory]?.(recipe.options)
  if (!store) throw new Error(`No ${recipe.factory} in ${recipe.module}`)
  if (name === 'hold') {
    // Idle stores let a process end, but this one is to be killed.
    setInterval(() => undefined, 60_000)
    tell(await store.lock(key, owner, ttlMs))
    return
  }
  let refused = 0
  for (let round = 0; round < rounds; round++) {
    if (name === 'overwrite') tell(await overwrite(store, key, round))
    else if (name === 'increment') while (!(await increment(store, key))) refused += 1
    else {
      while (!(await store.lock(key, owner, ttlMs))) await setTimeout(1 + Math.random() * 4)
      if (!(await increment(store, key))) refused += 1
      await store.unlock(key, owner)
    }
  }
  tell(refused)
  process.disconnect()
}

async function increment(store: CredentialStore, key: string): Promise<boolean> {
  const current = await store.get(key)
  const next = String(Number(current?.value ?? 0) + 1)
  return (await store.set(key, next, current?.version)) !== undefined
}

async function overwrite(store: CredentialStore, key: string, round: number): Promise<boolean> {
  const current = await store.get(key)
  // Long enough to take several pages or packets, and telling when it is torn.
  const value = JSON.stringify(Array.from({ length: 2000 }, () => round))
  return (await store.set(key, value, current?.version)) !== undefined
}

function tell(message: unknown): void {
  process.send?.(message)
}

process.once('message', (task) => {
  void run(task as StoreTask)
})
