import { describeCredentialStore } from '@agent/core/testing'
import { usePrefix } from './prefix.ts'

const { open, unavailable } = await usePrefix()

describeCredentialStore('Redis', {
  open,
  close: (store) => (store as ReturnType<typeof open>).close(),
  unavailable,
})
