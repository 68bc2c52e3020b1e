import * as z from 'zod'
import { userRef } from '../user.ts'

/** An issue; a pull request where `pull_request` is present. */
export const issue = () =>
  z.object({
    number: z.number(),
    title: z.string(),
    state: z.string(),
    state_reason: z.string().nullish(),
    body: z.string().nullish(),
    html_url: z.string(),
    user: userRef().nullish(),
    labels: z.array(z.object({ name: z.string().nullish() })).nullish(),
    assignees: z.array(userRef()).nullish(),
    milestone: z.object({ number: z.number(), title: z.string() }).nullish(),
    comments: z.number().nullish(),
    locked: z.boolean().nullish(),
    created_at: z.string(),
    updated_at: z.string(),
    closed_at: z.string().nullish(),
    pull_request: z.object({ html_url: z.string().nullish() }).nullish(),
  })

export type Issue = z.output<ReturnType<typeof issue>>
