import * as z from 'zod'

export const repositorySort = () =>
  z.enum(['created', 'updated', 'pushed', 'full_name']).optional().describe('What to sort by.')
