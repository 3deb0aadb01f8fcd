import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ControllerAddress, ControllerDriver } from '../../update/driver.ts'
import { openUhppoteDriver } from '../uhppote/driver.ts'
import { emulatorAt } from './client.ts'
import { type BoardCard, row } from './settings.ts'
import { type Emulator, startEmulator } from './start.ts'

const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6
const card = (number: number, change: Partial<BoardCard> = {}): BoardCard => ({
  number,
  from: '2023-11-20',
  to: '2024-02-29',
  doors: [1, 0, 0, 29],
  pin: 0,
  ...change,
})
const record = (number: number) => ({
  ...card(number),
  number: BigInt(number),
  from: Temporal.PlainDate.from('2023-11-20'),
  to: Temporal.PlainDate.from('2024-02-29'),
})

let emulator: Emulator
let driver: ControllerDriver
let door: ControllerAddress

beforeAll(async () => {
  emulator = await startEmulator({ controllers: row(2, '127.61.3.1', 0, { capacity: 10 }) })
  const [first] = await emulator.controllers()
  door = first!
  driver = await openUhppoteDriver({ monotonicMs })
})
afterAll(async () => {
  await driver.close()
  await emulator.stop()
})
beforeEach(async () => {
  await emulator.faults(door.serial, { wipe: true })
  await emulator.setClock('2024-02-01T08:00')
  await emulator.resetLog()
})

describe('a card held to a reader', () => {
  it.each([
    ['opens the door it has the right to', '2024-02-01T08:00', 7, 1, true, 1],
    ['opens a door by its time profile', '2024-02-01T08:00', 7, 4, true, 1],
    ['does not open another door', '2024-02-01T08:00', 7, 2, false, 6],
    ['is unknown where it was never put', '2024-02-01T08:00', 8, 1, false, 18],
    ['opens on its first day', '2023-11-20T00:00', 7, 1, true, 1],
    ['does not open the day before', '2023-11-19T23:59:50', 7, 1, false, 15],
    ['opens on its last day, to the last second', '2024-02-29T23:59:50', 7, 1, true, 1],
    ['does not open on March 1st', '2024-03-01T00:00', 7, 1, false, 15],
  ])('%s', async (_, at, number, reader, granted, reason) => {
    await emulator.plant(door.serial, [card(7)])
    await emulator.setClock(at)
    expect(await emulator.swipe(door.serial, number, reader)).toMatchObject({ granted, reason })
  })

  it('is judged by the clock of its own controller, not by ours', async () => {
    await emulator.plant(door.serial, [card(7)])
    await driver.setTime(door, Temporal.PlainDateTime.from('2024-03-01T00:00'))
    expect(await emulator.swipe(door.serial, 7n, 1)).toMatchObject({ granted: false, reason: 15 })
  })

  it('leaves an event, and an old card expires by itself while the clock runs on over midnight', async () => {
    await emulator.plant(door.serial, [card(7)])
    await emulator.setClock('2024-02-29T23:59:59.800')
    const first = await emulator.swipe(door.serial, 7, 1)
    let last = first
    while (last.granted) last = await emulator.swipe(door.serial, 7, 1)
    expect(first).toMatchObject({ granted: true, at: '2024-02-29T23:59:59' })
    expect(last).toMatchObject({ reason: 15, at: '2024-03-01T00:00:00' })
    expect(last.event).toBeGreaterThan(first.event)
  })
})

describe('the control channel', () => {
  it('lists controllers with address, cards and clock', async () => {
    await emulator.plant(door.serial, [card(7)])
    const [first, second] = await emulator.controllers()
    expect(first).toMatchObject({ serial: door.serial, host: '127.61.3.1', cards: 1, capacity: 10 })
    expect(first!.clock).toMatch(/^2024-02-01T08:00:0\d$/)
    expect(second!.host).toBe('127.61.3.2')
  })

  it('plants what another system would, and the driver reads it', async () => {
    await emulator.plant(door.serial, [card(4_000_000_000)])
    expect(await driver.get(door, 4_000_000_000n)).toEqual({ answer: 'found', card: record(4_000_000_000) })
  })

  it('plants the same cards on many controllers, and says where there is no room', async () => {
    const cards = [card(1), card(4_000_000_000, { pin: 4711, doors: [0, 254, 2, 1] })]
    await emulator.plantOnMany(null, cards)
    for (const { serial } of await emulator.controllers()) expect(await emulator.cards(serial)).toEqual(cards)
    await expect(
      emulator.plantOnMany(
        [door.serial],
        Array.from({ length: 9 }, (_, at) => card(100 + at)),
      ),
    ).rejects.toThrow(`controller ${door.serial} is full: 8 of 9 planted`)
    for (const { serial } of await emulator.controllers()) await emulator.faults(serial, { wipe: true })
  })

  it('tells every datagram: controller, function, card, sequence id', async () => {
    await driver.put(door, record(7))
    await driver.remove(door, 7n)
    const log = await emulator.log()
    expect(log.map(({ index, serial, code, card: number }) => ({ index, serial, code, number }))).toEqual([
      { index: 1, serial: door.serial, code: 0x50, number: 7 },
      { index: 2, serial: door.serial, code: 0x52, number: 7 },
    ])
    expect(log[1]!.sequence).toBe(log[0]!.sequence + 1)
    expect(await emulator.log(1)).toEqual([log[1]])
    expect(await emulator.counts()).toEqual({
      datagrams: 2,
      controllers: { [door.serial]: { '0x50': 1, '0x52': 1 } },
    })
  })

  it.each([
    ['a serial number that is not there', '/controllers/1/cards', undefined, 404, 'serial number'],
    ['a path that is not there', '/nowhere', undefined, 404, 'does not know'],
    ['a door that no controller has', 'swipe', { card: 7, door: 5 }, 400, '/door'],
    ['a fault that is not known', 'faults', { explode: true }, 400, 'explode'],
    ['a time that is none', '/clock', { at: 'tomorrow' }, 400, 'local date and time'],
  ])('says no to %s, and why', async (_, path, body, status, words) => {
    const where = path.startsWith('/') ? path : `/controllers/${door.serial}/${path}`
    const asked = body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }
    const answer = await fetch(emulator.control + where, asked)
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain(words)
  })

  it('takes no change from a form of a foreign web page', async () => {
    const answer = await fetch(`${emulator.control}/clock`, {
      method: 'POST',
      body: '{"at":"2024-03-01T00:00"}',
    })
    expect(answer.status).toBe(400)
  })
})

describe('the watch over old and new cards', () => {
  it('sees nothing wrong where the new card comes before the old one goes', async () => {
    await emulator.plant(door.serial, [card(1)])
    await emulator.watch([{ old: 1n, new: 2n }])
    await driver.put(door, record(2))
    await driver.remove(door, 1n)
    expect(await emulator.watched()).toEqual({ pairs: 1, checks: 2, violations: 0, examples: [] })
  })

  it('sees a moment with neither card, however short', async () => {
    await emulator.plant(door.serial, [card(1)])
    await emulator.watch([
      { old: 1, new: 2 },
      { old: 8, new: 9 },
    ])
    await driver.remove(door, 1n)
    await driver.put(door, record(2))
    expect(await emulator.watched()).toMatchObject({
      pairs: 1,
      violations: 1,
      examples: [{ serial: door.serial, old: 1, new: 2 }],
    })
  })
})

describe('its process', () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))

  it('says when it is ready, and keeps nothing over a restart', async () => {
    const setup = { controllers: row(1, '127.61.3.20', 0) }
    const first = await startEmulator(setup)
    const serial = setup.controllers[0]!.serial
    await first.plant(serial, [card(7)])
    await first.stop()
    const second = await startEmulator(setup)
    expect(await second.cards(serial)).toEqual([])
    await second.stop()
  })

  it('ends when the pipe from its parent closes', async () => {
    const options = ['--controllers', '2', '--base', '127.61.3.30', '--port', '0', '--with-parent']
    const child = spawn(process.execPath, [main, ...options], { stdio: ['pipe', 'pipe', 'inherit'] })
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const ready = JSON.parse(line) as { ready: boolean; control: string }
    expect(ready.ready).toBe(true)
    expect(await emulatorAt(ready.control).controllers()).toHaveLength(2)
    child.stdin.end()
    expect((await once(child, 'exit'))[0]).toBe(0)
  })

  it('says why it cannot start', async () => {
    const [one] = row(1, '127.61.3.40', 0)
    await expect(startEmulator({ controllers: [one!, one!] })).rejects.toThrow('is there twice')
    await expect(startEmulator({ controllers: [] })).rejects.toThrow('/controllers')
  })
})
