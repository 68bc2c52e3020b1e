import { buildsNoSchema, countSchemas } from './import/schemas-on-import.ts'

const counts = countSchemas()
for (const count of counts) {
  const { name, imported, used } = count
  const verdict = buildsNoSchema(count) ? 'ok' : 'FAILED'
  console.log(`  importing ${name} makes ${imported} schemas, using it ${used}  ${verdict}`)
}
if (!counts.every(buildsNoSchema)) process.exitCode = 1
