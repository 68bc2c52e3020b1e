// Prints how many zod schemas (and checks) importing a package makes, and how many using it makes.
import 'ky'
import 'zod'

let made = 0
const { defineProperty } = Object
// Every schema of zod 4 is given its `_zod` this way; that `used` is not 0 proves that this still holds.
Object.defineProperty = ((target: object, key: PropertyKey, descriptor: PropertyDescriptor) => {
  if (key === '_zod') made += 1
  return defineProperty(target, key, descriptor)
}) as typeof defineProperty

const [specifier = ''] = process.argv.slice(2)
const exported = (await import(specifier)) as Record<string, unknown>
const imported = made
for (const action of Object.values(exported)) {
  if (typeof action === 'object' && action !== null && 'input' in action) (action.input as () => unknown)()
}
console.log(JSON.stringify({ imported, used: made - imported }))
