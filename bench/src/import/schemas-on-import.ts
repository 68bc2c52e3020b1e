import { fileURLToPath } from 'node:url'
import { runChild } from '../run-child.ts'

const script = fileURLToPath(new URL('count-schemas.ts', import.meta.url))
const connectors = ['@agent/github', '@agent/hubspot']

export interface SchemaCount {
  name: string
  /** Made by the import alone. */
  imported: number
  /** Made by asking each action for its input. */
  used: number
}

/** None at all would mean that the count itself is broken. */
export const buildsNoSchema = ({ imported, used }: SchemaCount) => imported === 0 && used > 0

export function countSchemas(): SchemaCount[] {
  return connectors.map((name) => ({
    name,
    ...(runChild([script, name]) as Omit<SchemaCount, 'name'>),
  }))
}
