import { describeStoreProcesses } from '../../../tooling/test-store-processes.ts'
import { useFolder } from './file.ts'

const { open, path } = useFolder()
const module = new URL('../src/index.ts', import.meta.url).href

describeStoreProcesses('SQLite', { recipe: { module, factory: 'sqliteStore', options: { path } }, open })
