import { expect } from 'vitest'
import { place, token } from '../world.ts'
import { describeEntity } from './describe-entity.ts'

const names = (page: { data: { name: string }[] }) => page.data.map(({ name }) => name)

describeEntity('repositories', {
  async list({ github }) {
    expect(names(await github.repositories.list())).toEqual(['billing-portal', 'infrastructure', 'dotfiles'])
    expect(names(await github.repositories.list({ visibility: 'private' }))).toEqual(['infrastructure'])
    expect(names(await github.repositories.list({ affiliation: ['owner'] }))).toEqual(['dotfiles'])
  },

  async listForOrg({ github, world }) {
    const org = 'harborworks'
    expect(names(await github.repositories.listForOrg({ org }))).toEqual(['infrastructure', 'billing-portal'])
    const outsider = world.connect({ auth: token('test-token-no-scopes') })
    expect(names(await outsider.repositories.listForOrg({ org }))).toEqual(['billing-portal'])
  },

  async listForUser({ github }) {
    expect(names(await github.repositories.listForUser({ username: 'maria-silva' }))).toEqual(['dotfiles'])
  },

  async get({ github }) {
    expect(await github.repositories.get(place)).toMatchObject({
      full_name: 'harborworks/billing-portal',
      owner: { login: 'harborworks' },
      default_branch: 'main',
      permissions: { admin: true },
      allow_squash_merge: true,
    })
  },

  async search({ github }) {
    const { data, meta } = await github.repositories.search({ q: 'invoices org:harborworks' })
    expect(data.map(({ full_name }) => full_name)).toEqual(['harborworks/billing-portal'])
    expect(meta).toMatchObject({ totalCount: 1, rateLimit: { resource: 'search', limit: 30 } })
  },

  async create({ github, world }) {
    const own = await github.repositories.create({ name: 'notes', private: true, has_wiki: false })
    expect(own).toMatchObject({ full_name: 'maria-silva/notes', visibility: 'private', has_wiki: false })
    const shared = await github.repositories.create({ org: 'harborworks', name: 'handbook' })
    expect(shared).toMatchObject({ full_name: 'harborworks/handbook', private: false })
    const known = [...world.emulator.state.repositories.keys()]
    expect(known).toEqual(expect.arrayContaining(['maria-silva/notes', 'harborworks/handbook']))
  },

  async update({ github, repository }) {
    const changed = await github.repositories.update({
      ...place,
      description: 'Invoices, seen and paid.',
      allow_rebase_merge: false,
    })
    expect(changed).toMatchObject({ description: 'Invoices, seen and paid.', allow_rebase_merge: false })
    expect(repository().settings).toMatchObject({ allow_rebase_merge: false, allow_squash_merge: true })
    expect(await github.repositories.update({ ...place, archived: true })).toMatchObject({ archived: true })
  },
})
