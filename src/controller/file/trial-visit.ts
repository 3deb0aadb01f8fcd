import type { ControllerAddress, ControllerDriver } from '../../update/driver.ts'
import { cardOf } from '../contract-bench.ts'
import { openFileDriver } from './driver.ts'
import { trialController } from './trial-system.ts'

/** Asks for three cards and a removal, as a lane does in one visit, and answers with what was said of each. */
export async function visit(driver: ControllerDriver, controller: ControllerAddress): Promise<string[]> {
  const said: string[] = []
  for (const number of [11, 12, 13]) said.push((await driver.put(controller, cardOf(number))).answer)
  said.push((await driver.remove(controller, 14n)).answer)
  await driver.handOver?.(controller)
  return said
}

// A process that is killed, without a last word, before the step that it is told.
if (import.meta.main) {
  const [root = '', last = ''] = process.argv.slice(2)
  const step = (name: string): void => {
    if (name === last) process.kill(process.pid, 'SIGKILL')
  }
  const driver = openFileDriver({ root, log: () => {}, monotonicMs: () => 0, lookEveryMs: 0, step })
  await visit(driver, trialController(900_001))
}
