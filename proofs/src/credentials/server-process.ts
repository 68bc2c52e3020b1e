// The authorization server in a process of its own, so that it does not share a thread with who asks it.
import { AuthorizationServer } from './authorization-server.ts'

const server = new AuthorizationServer(JSON.parse(process.argv[2] ?? '{}') as { expiresIn?: number })
process.send?.(await server.listen())
process.on('disconnect', () => process.exit())
