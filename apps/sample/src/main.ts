import { ConfigError, ConnectorError } from '@agent/core'
import { runTriage } from './agent.ts'
import { createApproval } from './approval.ts'
import { createCallLog } from './call-log.ts'
import { chooseModel } from './model.ts'
import { startServices } from './services.ts'
import { loadEnvironment } from './environment.ts'
import { help, readSettings, SettingsError } from './settings.ts'

async function main(signal: AbortSignal): Promise<void> {
  const settings = readSettings(process.argv.slice(2), loadEnvironment())
  if (settings.help) {
    console.log(help)
    return
  }
  const { readOnly, yes, environment } = settings
  const { model, description } = chooseModel(environment)
  const log = createCallLog(console.log)
  const services = await startServices(environment, log.events)
  try {
    const { github, hubspot, repository, real } = services
    const kind = (name: string) => (real.has(name) ? 'the real service' : 'an emulator in this process')
    console.log(`Support triage for ${repository.owner}/${repository.repo}`)
    console.log(`  ${github.serviceName.padEnd(8)} ${kind('github')}`)
    console.log(`  ${hubspot.serviceName.padEnd(8)} ${kind('hubspot')}`)
    console.log(`  ${'model'.padEnd(8)} ${description}`)
    if (readOnly) console.log(`  ${'policy'.padEnd(8)} read only: the agent has no tool that writes.`)
    console.log('\nCalls')
    const approve = createApproval(real, yes, signal)
    const summary = await runTriage({ services, model, readOnly, approve, watch: log.watch, signal })
    console.log(`\nSummary\n${summary.replaceAll(/^/gm, '  ')}`)
    const { calls, tokens } = log.totals()
    console.log(`\n${calls} calls, ${tokens} tokens of answers (o200k).`)
  } finally {
    await services.close()
  }
}

const interrupt = new AbortController()
process.once('SIGINT', () => {
  interrupt.abort()
})

try {
  await main(interrupt.signal)
} catch (error) {
  const isSettings = error instanceof SettingsError || ConfigError.isInstance(error)
  const hint = ConnectorError.isInstance(error) ? ` ${error.hint ?? ''}` : ''
  const where = ConfigError.isInstance(error) ? ' See .env.example.' : ''
  if (interrupt.signal.aborted) console.error('\nInterrupted.')
  else console.error(error instanceof Error ? error.message + hint + where : 'Failed.')
  process.exitCode = interrupt.signal.aborted ? 130 : isSettings ? 2 : 1
}
