import { describeStoreProcesses } from '../../../tooling/test-store-processes.ts'
import { useTable } from './table.ts'

const { open, unavailable, url, table } = await useTable()
const module = new URL('../src/index.ts', import.meta.url).href
const options = { connectionString: url, table }

describeStoreProcesses('PostgreSQL', {
  recipe: { module, factory: 'postgresStore', options },
  open,
  unavailable,
})
