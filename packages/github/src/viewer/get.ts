import { defineAction, path } from '@agent/core'
import * as z from 'zod'
import { needsNothing } from '../permissions.ts'

const viewer = () =>
  z.object({
    login: z.string(),
    id: z.number(),
    type: z.string().nullish(),
    name: z.string().nullish(),
    email: z.string().nullish(),
    company: z.string().nullish(),
    bio: z.string().nullish(),
    html_url: z.string().nullish(),
    public_repos: z.number().nullish(),
    created_at: z.string().nullish(),
  })

export type Viewer = z.output<ReturnType<typeof viewer>>

export const getViewer = /* @__PURE__ */ defineAction({
  name: 'viewer.get',
  summary: 'Get the account that the credential belongs to.',
  effect: 'read',
  permissions: needsNothing,
  source: 'https://docs.github.com/en/rest/users/users#get-the-authenticated-user',
  input: () => z.strictObject({}),
  output: viewer,
  request: () => ({ method: 'GET', path: path`/user` }),
})
