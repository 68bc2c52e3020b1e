import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { measureImports } from './import/import-time.ts'
import { buildsNoSchema, countSchemas } from './import/schemas-on-import.ts'
import { report } from './report.ts'
import { measureWalk } from './walk/measure-walk.ts'

const file = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url))

const schemas = countSchemas()
const markdown = report({ imports: measureImports(), schemas, walk: await measureWalk() })
writeFileSync(file, markdown)
console.log(markdown)
if (!schemas.every(buildsNoSchema)) process.exitCode = 1
