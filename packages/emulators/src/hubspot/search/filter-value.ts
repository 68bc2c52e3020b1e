import type { PropertyDefinition } from '../account/property-definitions.ts'
import { invalid } from '../http/hubspot-error.ts'

/** Makes two values of a property comparable: numbers and dates by size, text without regard to case. */
export function comparable(definition: PropertyDefinition, value: string): string | number {
  switch (definition.type) {
    case 'number':
      return numeric(definition, value, Number(value))
    case 'date':
    case 'datetime':
      return numeric(definition, value, /^-?\d+$/.test(value) ? Number(value) : Date.parse(value))
    case 'enumeration':
      return value
    case 'string':
    case 'bool':
      return value.toLowerCase()
  }
}

function numeric(definition: PropertyDefinition, value: string, result: number): number {
  if (Number.isNaN(result)) throw invalid(`${value} is not a valid ${definition.type} for ${definition.name}`)
  return result
}

export function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Whether the words of `text` hold those of `pattern` in a row; `*` stands for any characters. */
export function containsToken(text: string, pattern: string): boolean {
  const wanted = pattern.toLowerCase()
  const words = wordsOf(text)
  if (wanted.includes('*')) return [text.toLowerCase(), ...words].some((word) => matchesGlob(word, wanted))
  const wantedWords = wordsOf(wanted)
  return words.some((_, start) => wantedWords.every((word, index) => words[start + index] === word))
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function matchesGlob(text: string, glob: string): boolean {
  const parts = glob.split('*')
  const first = parts[0] ?? ''
  const last = parts.at(-1) ?? ''
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false
  let position = first.length
  const end = text.length - last.length
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, position)
    if (found < 0 || found + part.length > end) return false
    position = found + part.length
  }
  return true
}
