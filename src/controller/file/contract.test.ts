import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { promisesOf } from '../contract.ts'
import { type Bench, cardOf } from '../contract-bench.ts'
import { openFileDriver } from './driver.ts'
import { OtherSystem, trialController } from './trial-system.ts'

const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6

/** A controller is silent when its folder is gone: something else lies in its place. */
async function open(): Promise<Bench> {
  const root = await mkdtemp(join(tmpdir(), 'gatehouse-files-'))
  const away = `${root}/gym-away`
  const controller = trialController(900_001)
  const other = trialController(900_002, { folder: 'pool' })
  const systems = [new OtherSystem(root, 'gym'), new OtherSystem(root, 'pool')]
  const driver = openFileDriver({ root, log: () => {}, monotonicMs, lookEveryMs: 0 })
  await driver.probe(controller)
  await driver.probe(other)
  let isSilent = false
  return {
    driver,
    controller,
    other,
    becomes: async mood => {
      if (mood !== 'silent' && isSilent) {
        await rm(`${root}/gym`)
        await rename(away, `${root}/gym`)
        isSilent = false
      }
      if (mood === 'silent') {
        await rename(`${root}/gym`, away)
        await writeFile(`${root}/gym`, 'not a folder')
        isSilent = true
      } else systems[0]!.mood = mood === 'refusing' || mood === 'full' ? mood : 'well'
    },
    answers: async () => {
      if (!isSilent) await systems[0]!.answers()
      await systems[1]!.answers()
    },
    close: async () => {
      await driver.close()
      await rm(root, { recursive: true })
    },
  }
}

describe('another access system that is handed files', () => {
  const promises = promisesOf({
    moods: ['full'],
    answersLater: true,
    hasClock: false,
    unsendable: [0n, 10_000_000_000n, 1n << 64n],
    unsayable: cardOf(7, { doors: [1, 2, 0, 0] }),
    open,
  })
  for (const { name, kept } of promises) it(name, kept)
})
