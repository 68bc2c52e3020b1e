import * as z from 'zod'
import { unreadable } from './file-errors.ts'
import { readPrivateFile } from './private-files.ts'

const format = 1

const document = () => z.object({ format: z.literal(format), key: z.string() })
const valueSchema = () => document().extend({ version: z.string(), value: z.string() })

export type KeyDocument = z.infer<ReturnType<typeof document>>
export type ValueDocument = z.infer<ReturnType<typeof valueSchema>>

/** The text of a file `key.json`. */
export const keyDocument = (key: string): string => JSON.stringify({ format, key } satisfies KeyDocument)

/** The text of a value's file. */
export const valueDocument = (value: Omit<ValueDocument, 'format'>): string =>
  JSON.stringify({ format, ...value } satisfies ValueDocument)

/** What a file `key.json` holds; undefined where there is none. Throws StoreError where it is damaged. */
export const readDocument = (path: string): Promise<KeyDocument | undefined> => read(path, document)

/** What a value's file holds; undefined where there is none. Throws StoreError where it is damaged. */
export const readValueDocument = (path: string): Promise<ValueDocument | undefined> => read(path, valueSchema)

async function read<T>(path: string, schema: () => z.ZodType<T>): Promise<T | undefined> {
  const text = await readPrivateFile(path)
  if (text === undefined) return undefined
  const json = parse(path, text)
  const result = schema().safeParse(json)
  if (result.success) return result.data
  const { format: found } = Object(json) as { format?: unknown }
  throw typeof found === 'number' && found !== format
    ? unreadable(
        path,
        `its format is ${found}, and this version of the library knows ${format} only; update it`,
      )
    : unreadable(path, 'it is not what this library writes')
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable(path, 'it is cut off or was overwritten')
  }
}
