import { linkHeader } from '@agent/core'

const limits = { defaultLimit: 30, maxLimit: 100 }

/** @see https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export const listPages = /* @__PURE__ */ linkHeader(limits)

/** Search answers an object, and gives at most 1,000 results. */
export const searchPages = /* @__PURE__ */ linkHeader({ ...limits, items: 'items', total: 'total_count' })
