import { expect } from 'vitest'
import { failureOf, place } from '../world.ts'
import { describeEntity, type Scene } from './describe-entity.ts'

const onIssue = { ...place, issue_number: 1 }

async function firstComment({ github }: Scene) {
  const { data } = await github.comments.list(onIssue)
  const [first] = data
  if (!first) throw new Error('The seed has no comment.')
  return { first, ref: { ...place, comment_id: first.id } }
}

describeEntity('comments', {
  async list(scene) {
    const { first } = await firstComment(scene)
    expect(first).toMatchObject({
      body: 'It happens with every list above 100 rows.',
      user: { login: 'tom-becker' },
    })
    const none = await scene.github.comments.list({ ...onIssue, since: '2100-01-01T00:00:00Z' })
    expect(none.data).toEqual([])
  },

  async get(scene) {
    const { first, ref } = await firstComment(scene)
    expect(await scene.github.comments.get(ref)).toEqual(first)
  },

  async create({ github, repository }) {
    const made = await github.comments.create({ ...onIssue, body: 'Mended in #4.' })
    expect(made).toMatchObject({ body: 'Mended in #4.', user: { login: 'maria-silva' } })
    expect(repository().comments.get(made.id)).toMatchObject({ issueNumber: 1, body: 'Mended in #4.' })
  },

  async update(scene) {
    const { ref } = await firstComment(scene)
    const changed = await scene.github.comments.update({ ...ref, body: 'Above 99 rows.' })
    expect(changed.body).toBe('Above 99 rows.')
    expect(scene.repository().comments.get(ref.comment_id)?.body).toBe('Above 99 rows.')
  },

  async delete(scene) {
    const { ref } = await firstComment(scene)
    expect(await scene.github.comments.delete(ref)).toBeNull()
    expect(scene.repository().comments.size).toBe(0)
    expect(await failureOf(scene.github.comments.get(ref))).toMatchObject({ code: 'NOT_FOUND' })
  },
})
