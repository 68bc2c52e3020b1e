// The fault server in a process of its own, so that it does not share a thread or a heap with its callers.
import { FaultServer, type FaultServerOptions } from './fault-server.ts'

const server = new FaultServer(JSON.parse(process.argv[2] ?? '{}') as FaultServerOptions)
process.on('message', () => process.send?.(server.state))
process.on('disconnect', () => process.exit())
process.send?.(await server.listen())
