import { readFileSync } from 'node:fs'

/** The SQL that the README gives to those who create the table themselves. */
export function readmeSql(): string {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  return /```sql\n(.*?)```/s.exec(readme)![1]!
}
