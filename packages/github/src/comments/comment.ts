import * as z from 'zod'
import { repositoryRef } from '../parameters.ts'
import { userRef } from '../user.ts'

/** A comment in the conversation of an issue or pull request. */
export const comment = () =>
  z.object({
    id: z.number(),
    body: z.string().nullish(),
    html_url: z.string(),
    user: userRef().nullish(),
    author_association: z.string().nullish(),
    created_at: z.string(),
    updated_at: z.string(),
  })

export type Comment = z.output<ReturnType<typeof comment>>

export const commentRef = () =>
  repositoryRef().extend({ comment_id: z.int().positive().describe('Id of the comment.') })

export const commentBody = () => z.string().min(1).max(65_536).describe('Text, in Markdown.')
