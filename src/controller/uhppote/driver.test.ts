import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CardRecord, ControllerAddress, ControllerDriver, Slot } from '../../update/driver.ts'
import { row } from '../emulator/settings.ts'
import { type Emulator, startEmulator } from '../emulator/start.ts'
import { openUhppoteDriver } from './driver.ts'

const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6
const capacity = 8
const cardOf = (number: number, change: Partial<CardRecord> = {}): CardRecord => ({
  number: BigInt(number),
  from: Temporal.PlainDate.from('2023-11-20'),
  to: Temporal.PlainDate.from('2024-02-29'),
  doors: [1, 0, 29, 1],
  pin: 0,
  ...change,
})
const inMemory = (number: number, pin = 0) => ({
  number,
  from: '2023-11-20',
  to: '2024-02-29',
  doors: [1, 0, 29, 1] as [number, number, number, number],
  pin,
})

let emulator: Emulator
let driver: ControllerDriver
let echoing: ControllerAddress
let plain: ControllerAddress

beforeAll(async () => {
  const [first, second] = row(2, '127.61.1.1', 0, { capacity })
  emulator = await startEmulator({
    controllers: [first!, { ...second!, echo: false }],
    clock: '2024-02-01T08:00',
  })
  const [one, two] = await emulator.controllers()
  echoing = one!
  plain = two!
  driver = await openUhppoteDriver({ monotonicMs, shortestWaitMs: 50, tries: 3 })
})
afterAll(async () => {
  await driver.close()
  await emulator.stop()
})
beforeEach(async () => {
  const quiet = {
    silent: false,
    mute: false,
    refuse: false,
    forgets: false,
    overCount: 0,
    serviceMs: 0,
    wipe: true,
    capacity,
  }
  for (const { serial } of [echoing, plain]) await emulator.faults(serial, quiet)
  await emulator.resetLog()
})

describe('a controller is met', () => {
  it('it says how many cards it holds and that its replies name their requests', async () => {
    await driver.put(echoing, cardOf(7))
    expect(await driver.probe(echoing)).toEqual({
      answer: 'answers',
      serial: echoing.serial,
      cards: 1,
      echoesSequence: true,
      mac: '00:66:18:70:1a:81',
      firmware: '8.92',
    })
  })

  it('one that does not repeat the sequence id is known as such', async () => {
    expect(await driver.probe(plain)).toMatchObject({ answer: 'answers', cards: 0, echoesSequence: false })
  })

  it('its clock is set and read', async () => {
    const at = Temporal.PlainDateTime.from('2024-02-29T23:59:30')
    expect(await driver.setTime(echoing, at)).toEqual({ answer: 'set', at })
    const clock = await driver.getTime(echoing)
    expect(clock).toMatchObject({ answer: 'read' })
    if (clock.answer === 'read') expect(at.until(clock.at).total('seconds')).toBeLessThan(5)
  })
})

describe.each(['echoing', 'plain'] as const)('on a controller that is %s', which => {
  const here = () => (which === 'echoing' ? echoing : plain)
  const proved = which === 'echoing'

  it('a card put is stored as it was sent, and reads back the same', async () => {
    const card = cardOf(0xc3a40f11, { pin: 4711 })
    expect(await driver.put(here(), card)).toEqual({ answer: 'applied', proved, tries: 1 })
    expect(await emulator.cards(here().serial)).toEqual([inMemory(0xc3a40f11, 4711)])
    expect(await driver.get(here(), card.number)).toEqual({ answer: 'found', card })
    expect(await driver.count(here())).toEqual({ answer: 'counted', cards: 1 })
  })

  it('a card put again replaces what was there', async () => {
    await driver.put(here(), cardOf(7))
    await driver.put(here(), cardOf(7, { pin: 1 }))
    expect(await emulator.cards(here().serial)).toEqual([inMemory(7, 1)])
  })

  it('a card removed is gone, and removed again is already gone', async () => {
    await driver.put(here(), cardOf(7))
    expect(await driver.remove(here(), 7n)).toEqual({ answer: 'applied', proved, tries: 1 })
    expect(await driver.remove(here(), 7n)).toEqual({ answer: 'already', proved, tries: 1 })
    expect(await driver.get(here(), 7n)).toEqual({ answer: 'absent' })
  })

  it('a new card on a full controller finds it full; a card that is there can still be replaced', async () => {
    for (let number = 1; number <= capacity; number++) await driver.put(here(), cardOf(number))
    expect(await driver.put(here(), cardOf(99))).toEqual({ answer: 'full', proved, tries: 1 })
    expect(await driver.put(here(), cardOf(1, { pin: 5 }))).toMatchObject({ answer: 'applied' })
  })

  it('a controller that refuses is not taken for a full one', async () => {
    await driver.put(here(), cardOf(7))
    await emulator.faults(here().serial, { refuse: true })
    expect(await driver.put(here(), cardOf(8))).toEqual({ answer: 'rejected', proved, tries: 1 })
    expect(await driver.remove(here(), 7n)).toEqual({ answer: 'rejected', proved, tries: 1 })
  })

  it('a full one that refuses to replace a card has rejected it, for that needs no room', async () => {
    await driver.put(here(), cardOf(7))
    await emulator.faults(here().serial, { refuse: true, overCount: capacity })
    expect(await driver.put(here(), cardOf(7, { pin: 5 }))).toMatchObject({ answer: 'rejected' })
  })

  it('a silent controller is unreachable when its time is up: 50 + 100 + 200 ms', async () => {
    await emulator.faults(here().serial, { silent: true })
    const beganMs = monotonicMs()
    expect(await driver.put(here(), cardOf(7))).toEqual({ answer: 'unreachable', proved: false, tries: 3 })
    const tookMs = monotonicMs() - beganMs
    expect(tookMs).toBeGreaterThan(340)
    expect((await emulator.counts()).controllers[here().serial]).toEqual({ '0x50': 3 })
    for (const answer of [driver.remove(here(), 7n), driver.get(here(), 7n), driver.count(here())])
      expect(await answer).toMatchObject({ answer: 'unreachable' })
    expect(await driver.probe(here())).toEqual({ answer: 'unreachable' })
  })

  it('a change whose replies are all lost is unreachable, though it was made; repeated, it is true', async () => {
    await emulator.faults(here().serial, { mute: true })
    expect(await driver.put(here(), cardOf(7))).toMatchObject({ answer: 'unreachable' })
    expect(await emulator.cards(here().serial)).toEqual([inMemory(7)])
    expect(await driver.remove(here(), 7n)).toMatchObject({ answer: 'unreachable' })
    await emulator.faults(here().serial, { mute: false })
    expect(await driver.remove(here(), 7n)).toMatchObject({ answer: 'already' })
  })
})

describe('the card list is read place by place', () => {
  const slots = async (from: number, limit: number): Promise<Slot[]> =>
    Array.fromAsync(driver.read(echoing, from, limit))

  beforeEach(async () => {
    for (const number of [1, 2, 3, 4]) await driver.put(echoing, cardOf(number))
    await driver.remove(echoing, 2n)
  })

  it('with its holes, to the end, however many cards the controller says it holds', async () => {
    await emulator.faults(echoing.serial, { overCount: 1_000 })
    expect(await slots(1, 100)).toEqual([
      { slot: 1, holds: 'card', card: cardOf(1) },
      { slot: 2, holds: 'deleted' },
      { slot: 3, holds: 'card', card: cardOf(3) },
      { slot: 4, holds: 'card', card: cardOf(4) },
      { slot: 5, holds: 'end' },
    ])
  })

  it('in pieces, each going on where the one before stopped', async () => {
    const held = [...(await slots(1, 2)), ...(await slots(3, 2)), ...(await slots(5, 2))]
    expect(held.map(({ holds }) => holds)).toEqual(['card', 'deleted', 'card', 'card', 'end'])
  })

  it('never past the capacity', async () => {
    for (const number of [5, 6, 7, 8, 9]) await driver.put(echoing, cardOf(number))
    const held = await slots(1, 1_000)
    expect(held).toHaveLength(capacity + 1)
    expect(held.at(-1)).toEqual({ slot: capacity + 1, holds: 'end' })
  })

  it('and ends where the controller falls silent', async () => {
    await emulator.faults(echoing.serial, { silent: true })
    expect(await slots(3, 10)).toEqual([{ slot: 3, holds: 'unreachable' }])
  })
})

describe('a card that the wire cannot carry', () => {
  it.each([
    ['no number', { number: 0n }],
    ['the number of an empty reading', { number: 0x00ffffffn }],
    ['a number of more than 32 bits', { number: 0x1_0000_0001n }],
    ['a PIN of seven digits', { pin: 1_234_567 }],
  ])('%s: rejected, and nothing is sent', async (_, change) => {
    const rejected = { answer: 'rejected', proved: false, tries: 0 }
    expect(await driver.put(echoing, cardOf(7, change))).toEqual(rejected)
    expect((await emulator.counts()).datagrams).toBe(0)
  })
})

it('requests to one controller begin in the order they came', async () => {
  await emulator.faults(echoing.serial, { serviceMs: 3 })
  const numbers = [1, 2, 3, 4, 5, 6, 7, 8]
  await Promise.all(numbers.map(number => driver.put(echoing, cardOf(number))))
  // On a busy machine one may be asked again.
  expect([...new Set((await emulator.log()).map(({ card }) => card))]).toEqual(numbers)
})

it('an address that is no IPv4 address is a mistake of ours, and thrown', async () => {
  await expect(driver.count({ ...echoing, host: 'door.example' })).rejects.toThrow('no IPv4 address')
})

it('a closed driver answers what still waits, and what comes after', async () => {
  const closing = await openUhppoteDriver({ monotonicMs })
  await emulator.faults(echoing.serial, { silent: true })
  const waiting = closing.put(echoing, cardOf(7))
  await closing.close()
  expect(await waiting).toMatchObject({ answer: 'unreachable' })
  expect(await closing.count(echoing)).toEqual({ answer: 'unreachable' })
})
