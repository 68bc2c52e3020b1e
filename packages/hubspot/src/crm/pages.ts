import { cursorInBody } from '@agent/core'

const shape = { items: 'results', next: 'paging.next.after', cursorParameter: 'after' }

export const recordPages = /* @__PURE__ */ cursorInBody({ ...shape, defaultLimit: 10, maxLimit: 100 })

/** A search gives at most 10,000 results, over all pages. */
export const searchPages = /* @__PURE__ */ cursorInBody({
  ...shape,
  defaultLimit: 10,
  maxLimit: 200,
  total: 'total',
  sendIn: 'body',
})

export const associationPages = /* @__PURE__ */ cursorInBody({ ...shape, defaultLimit: 100, maxLimit: 500 })
