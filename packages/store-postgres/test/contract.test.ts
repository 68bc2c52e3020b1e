import { describeCredentialStore } from '@agent/core/testing'
import { useTable } from './table.ts'

const { open, unavailable } = await useTable()

describeCredentialStore('PostgreSQL', {
  open,
  close: (store) => (store as ReturnType<typeof open>).close(),
  unavailable,
})
