import { expect, test } from 'vitest'
import { connectTo, startHubspot } from './start.ts'

const contact = { objectType: 'contacts', objectId: '305' }
const toCompany = { ...contact, toObjectType: 'companies', toObjectId: '201' }

test('create, list, remove', async () => {
  const connector = connectTo(await startHubspot())
  const created = await connector.associations.create(toCompany)
  expect(created.results.map(({ associationSpec }) => associationSpec.associationTypeId)).toEqual([279, 280])

  const list = { ...contact, toObjectType: 'companies' }
  const { data } = await connector.associations.list(list)
  expect(data.map(({ toObjectId }) => toObjectId)).toEqual(['201', '203'])

  expect(await connector.associations.remove(toCompany)).toBeNull()
  expect((await connector.associations.list(list)).data.map(({ toObjectId }) => toObjectId)).toEqual(['203'])
})

test('labels are listed, given and read back', async () => {
  const emulator = await startHubspot({
    associationLabels: [{ from: 'contacts', to: 'companies', typeId: 71, label: 'Adviser' }],
  })
  const connector = connectTo(emulator)
  const { results } = await connector.associations.listLabels({
    fromObjectType: 'contacts',
    toObjectType: 'companies',
  })
  const adviser = results.find(({ label }) => label === 'Adviser')
  expect(adviser).toEqual({ category: 'USER_DEFINED', typeId: 71, label: 'Adviser' })

  const labeled = await connector.associations.createLabeled({
    ...toCompany,
    types: [{ associationCategory: 'USER_DEFINED', associationTypeId: 71 }],
  })
  expect(labeled).toEqual({ fromObjectId: '305', toObjectId: '201', labels: ['Adviser'] })
  const { data } = await connector.associations.list({ ...contact, toObjectType: 'companies' })
  expect(data[0]?.associationTypes).toContainEqual(adviser)
})
