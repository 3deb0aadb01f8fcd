import { afterAll, beforeAll, describe, it } from 'vitest'
import type { ControllerAddress } from '../../update/driver.ts'
import { promisesOf } from '../contract.ts'
import { type Bench, cardOf, type Make, type Mood } from '../contract-bench.ts'
import { type Faults, row } from '../emulator/settings.ts'
import { type Emulator, startEmulator } from '../emulator/start.ts'
import { openUhppoteDriver } from './driver.ts'

const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6
const capacity = 8
const well: Faults = { silent: false, mute: false, refuse: false, forgets: false, capacity, overCount: 0 }

let emulator: Emulator
let boards: ControllerAddress[]
beforeAll(async () => {
  const echoing = row(2, '127.61.6.1', 0, { capacity })
  const silentOnSequence = row(2, '127.61.6.9', 0, { capacity, echo: false })
  const controllers = [
    ...echoing,
    ...silentOnSequence.map((board, at) => ({ ...board, serial: 410_000_011 + at })),
  ]
  emulator = await startEmulator({ controllers, seed: 20_231_120 })
  boards = await emulator.controllers()
})
afterAll(() => emulator.stop())

const faultsOf = async (mood: Mood, serial: number): Promise<Faults> => {
  if (mood === 'silent' || mood === 'mute') return { [mood]: true }
  if (mood === 'refusing') return { refuse: true }
  if (mood === 'forgetful') return { forgets: true }
  if (mood === 'well') return {}
  const { length } = await emulator.cards(serial)
  return { capacity: length, overCount: capacity - length }
}

async function open(first: number): Promise<Bench> {
  const [controller, other] = boards.slice(first, first + 2)
  for (const { serial } of [controller!, other!]) await emulator.faults(serial, { ...well, wipe: true })
  const driver = await openUhppoteDriver({ monotonicMs, shortestWaitMs: 40, tries: 3 })
  return {
    driver,
    controller: controller!,
    other: other!,
    becomes: async mood => {
      const { serial } = controller!
      await emulator.faults(serial, { ...well, ...(await faultsOf(mood, serial)) })
    },
    close: () => driver.close(),
  }
}

const make: Omit<Make, 'open'> = {
  moods: ['full', 'forgetful', 'mute'],
  answersLater: false,
  hasClock: true,
  unsendable: [0n, 0x00ffffffn, 0xffffffffn, 0x1_0000_0001n],
  unsayable: cardOf(7, { pin: 1_234_567 }),
}

describe.each([
  ['repeats sequence ids', 0],
  ['does not repeat them', 2],
])('a UHPPOTE controller that %s', (_, first) => {
  for (const { name, kept } of promisesOf({ ...make, open: () => open(first) })) it(name, kept)
})
