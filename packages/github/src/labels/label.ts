import * as z from 'zod'
import { repositoryRef } from '../parameters.ts'

export const label = () =>
  z.object({
    name: z.string(),
    color: z.string().nullish(),
    description: z.string().nullish(),
  })

export type Label = z.output<ReturnType<typeof label>>

/** What changing the labels of an issue answers: all that it now has. */
export const labels = () => z.array(label())

export const labelRef = () =>
  repositoryRef().extend({ name: z.string().min(1).describe('Name of the label; case is ignored.') })

export const labelColor = () =>
  z
    .string()
    .regex(/^[0-9a-f]{6}$/i)
    .describe('Six hexadecimal digits, without #.')

export const labelDescription = () => z.string().max(100).optional().describe('Short description.')
