import { expect } from 'vitest'
import { describeEntity } from './describe-entity.ts'

describeEntity('viewer', {
  async get({ github }) {
    expect(await github.viewer.get()).toMatchObject({ login: 'maria-silva', name: 'Maria Silva' })
  },

  async listIssues({ github, world }) {
    const tom = world.connect({ auth: { type: 'personalAccessToken', token: 'test-token-no-scopes' } })
    const { data } = await tom.viewer.listIssues()
    expect(data.map(({ title, repository }) => [title, repository?.full_name])).toEqual([
      ['CSV export drops the last row', 'harborworks/billing-portal'],
    ])
    const written = await github.viewer.listIssues({ filter: 'created', state: 'all', labels: ['bug'] })
    expect(written.data.map(({ number }) => number)).toEqual([1, 3])
  },
})
