import { cardOf } from '../contract-bench.ts'
import { openFileDriver } from './driver.ts'
import { trialController } from './trial-system.ts'

// A process that may write only short files, as if the disk were full: it says what became of two visits.
const [root = ''] = process.argv.slice(2)
const controller = { ...trialController(900_001), capacity: 1_000 }
const driver = openFileDriver({
  root,
  log: line => console.log(line),
  monotonicMs: () => 0,
  lookEveryMs: 0,
})
for (const visit of ['first', 'second']) {
  const { answer } = await driver.put(controller, cardOf(1))
  console.log(`${visit}: ${answer}`)
  if (answer === 'unreachable') break
  for (let number = 2; number <= 500; number++) await driver.put(controller, cardOf(number))
  await driver.handOver!(controller)
}
