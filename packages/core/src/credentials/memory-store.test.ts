import { describeCredentialStore } from '../testing/describe-credential-store.ts'
import { memoryStore } from './memory-store.ts'

const store = memoryStore()
describeCredentialStore('memory', { open: () => store })
