import * as z from 'zod'

export const issueSort = () =>
  z.enum(['created', 'updated', 'comments']).optional().describe('What to sort by; created unless told.')
