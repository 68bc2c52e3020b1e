import { describeCredentialStore } from '@agent/core/testing'
import { useFolder } from './file.ts'

const { open } = useFolder()

describeCredentialStore('SQLite', {
  open,
  close: (store) => (store as ReturnType<typeof open>).close(),
})
