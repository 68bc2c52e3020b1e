import { defineService } from '@agent/core'
import * as z from 'zod'
import { githubAuth, githubAuthenticator } from './auth.ts'
import { readGithubError } from './errors.ts'
import { webOriginOf } from './hosts.ts'
import { readGithubRateLimit } from './rate-limit.ts'

const settings = () =>
  z.object({
    /** REST API version; an older Enterprise Server may only know `2022-11-28`. */
    apiVersion: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .default('2026-03-10'),
  })

/** GitHub's REST API. */
export const github = /* @__PURE__ */ defineService({
  name: 'github',
  title: 'GitHub',
  baseUrl: 'https://api.github.com',
  auth: githubAuth,
  settings,
  authenticate: githubAuthenticator,
  origins: (baseUrl) => [webOriginOf(baseUrl)],
  headers: ({ apiVersion }) => ({
    accept: 'application/vnd.github+json',
    'user-agent': '@agent/github',
    'x-github-api-version': apiVersion,
  }),
  requestIdHeader: 'x-github-request-id',
  readError: readGithubError,
  readRateLimit: readGithubRateLimit,
})
