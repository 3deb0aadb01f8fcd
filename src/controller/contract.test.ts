import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLatchDriver } from '../../examples/driver/latch.ts'
import type { ControllerDriver } from '../update/driver.ts'
import { promisesOf } from './contract.ts'
import { type Bench, cardOf, type Make } from './contract-bench.ts'
import { Latch, serveLatches } from './trial-latch.ts'

const latches = new Map<number, Latch>()
let served: Awaited<ReturnType<typeof serveLatches>>
beforeAll(async () => {
  served = await serveLatches(latches)
})
afterAll(() => served.close())

const latchAt = (serial: number) => ({ serial, host: '127.0.0.1', port: served.port, capacity: 8 })

let lastSerial = 0

/** Each bench has two latches of its own: an odd serial number, and the even one after it. */
async function open(broken: (driver: ControllerDriver) => ControllerDriver): Promise<Bench> {
  const latch = new Latch()
  const serial = lastSerial + 1
  lastSerial += 2
  latches.set(serial, latch).set(serial + 1, new Latch())
  const driver = broken(openLatchDriver(20_000))
  return {
    driver,
    controller: latchAt(serial),
    other: latchAt(serial + 1),
    becomes: async mood => {
      latch.mood = mood
    },
    close: () => driver.close(),
  }
}

const latchMake = (broken: (driver: ControllerDriver) => ControllerDriver = driver => driver): Make => ({
  moods: ['full', 'forgetful', 'mute'],
  answersLater: false,
  hasClock: true,
  unsendable: [0n, 1n << 40n],
  unsayable: cardOf(7, { pin: 12_345 }),
  open: () => open(broken),
})

describe('the driver of examples/driver', () => {
  it('is short enough to be read at once', async () => {
    const text = await readFile(new URL('../../examples/driver/latch.ts', import.meta.url), 'utf8')
    expect(text.split('\n').length).toBeLessThan(100)
  })
  for (const { name, kept } of promisesOf(latchMake())) it(name, kept)
})

/** The promises that a driver breaks, by name. */
async function brokenBy(broken: (driver: ControllerDriver) => ControllerDriver): Promise<string[]> {
  const names: string[] = []
  for (const { name, kept } of promisesOf(latchMake(broken)))
    await kept().catch(() => {
      names.push(name)
    })
  return names
}

const closing = 'close answers what waits, and what comes after; it may be called twice'
const silence = 'a silent controller is an answer, never an exception'
const carried = 'a number that cannot be carried is absent without asking, and never sent'

describe('a driver that breaks a promise is found out, and the promise is named:', () => {
  it.each<[string, (driver: ControllerDriver) => Partial<ControllerDriver>, string[]]>([
    [
      'it throws where a controller is silent',
      driver => ({
        async get(c, number) {
          const found = await driver.get(c, number)
          if (found.answer === 'unreachable') throw new Error('timed out')
          return found
        },
      }),
      [silence, closing],
    ],
    [
      'a second removal is an error',
      driver => ({
        async remove(c, number) {
          const outcome = await driver.remove(c, number)
          return outcome.answer === 'already' ? { ...outcome, answer: 'rejected' } : outcome
        },
      }),
      [
        'remove may be repeated: the second time it is already gone',
        'a card that was never there is already gone',
        'a change whose answers are lost is not told as made; asked again, the truth is told',
      ],
    ],
    [
      'it takes its own word for what is there',
      driver => {
        const told = new Map<bigint, Awaited<ReturnType<ControllerDriver['get']>>>()
        return {
          put: (c, card) => {
            if (c.serial % 2 === 1) told.set(card.number, { answer: 'found', card })
            return driver.put(c, card)
          },
          get: async (c, number) => (c.serial % 2 === 1 && told.get(number)) || driver.get(c, number),
        }
      },
      [
        'remove may be repeated: the second time it is already gone',
        'calls for one controller are served in the order they come',
        'a card that cannot be carried is rejected, not cut to another one',
        silence,
        'a controller that refuses is an answer, and nothing has changed',
        'get says what is there, not what was put',
        closing,
      ],
    ],
    [
      'a number is cut to what the wire carries',
      driver => ({
        put: (c, card) => driver.put(c, { ...card, number: BigInt.asUintN(40, card.number) || 1n }),
      }),
      [carried],
    ],
    [
      'it reads on past limit and capacity',
      driver => ({ read: (c, from) => driver.read({ ...c, capacity: 100 }, from, 100) }),
      ['read stops at its limit, and goes on from there', 'read never goes past the capacity'],
    ],
    [
      'it makes nothing at once',
      () => ({ together: () => 0 }),
      ['together is a whole number of at least 1, before anything was asked and afterwards'],
    ],
    [
      'full is no',
      driver => ({
        async put(c, card) {
          const outcome = await driver.put(c, card)
          return outcome.answer === 'full' ? { ...outcome, answer: 'rejected' } : outcome
        },
      }),
      ['a full controller is told from one that refuses'],
    ],
    [
      'a later call overtakes an earlier one',
      driver => ({
        put: async (c, card) => {
          await new Promise(resolve => setTimeout(resolve, 30))
          return driver.put(c, card)
        },
        together: () => 2,
      }),
      ['calls for one controller are served in the order they come'],
    ],
    [
      'everything goes to one controller',
      driver => ({ put: (c, card) => driver.put({ ...c, serial: c.serial - ((c.serial + 1) % 2) }, card) }),
      ['controllers are kept apart', 'a silent controller does not hold up another'],
    ],
    [
      'it says that a clock is set, and sets none',
      driver => ({ setTime: async (_, at) => ({ answer: 'set', at }), getTime: c => driver.getTime(c) }),
      [silence, 'the clock is set, and says so when it is read'],
    ],
  ])('%s', async (_, breaks, names) => {
    expect(await brokenBy(driver => ({ ...driver, ...breaks(driver) }))).toEqual(names)
  })
})
