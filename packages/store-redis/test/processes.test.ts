import { describeStoreProcesses } from '../../../tooling/test-store-processes.ts'
import { usePrefix } from './prefix.ts'

const { open, unavailable, url, prefix } = await usePrefix()
const module = new URL('../src/index.ts', import.meta.url).href

describeStoreProcesses('Redis', {
  recipe: { module, factory: 'redisStore', options: { url, prefix } },
  open,
  unavailable,
})
