import { linkHeader, type LinkHeaderOptions } from '@agent/core'

const pages = (body: Pick<LinkHeaderOptions, 'items' | 'total'>) =>
  linkHeader({ defaultLimit: 30, maxLimit: 100, ...body })

/** @see https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export const listPages = /* @__PURE__ */ pages({})

/** Search answers an object, and gives at most 1,000 results. */
export const searchPages = /* @__PURE__ */ pages({ items: 'items', total: 'total_count' })
