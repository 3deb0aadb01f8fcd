import { afterEach, describe, expect, it } from 'vitest'
import type { ControllerAddress } from '../../update/driver.ts'
import { bringTrouble } from '../emulator/station.ts'
import { SimulatedCampus, someCard } from './trial.ts'

/* A device that lies, or somebody else on its network: bounded work, nothing believed, nothing broken. */

const address: ControllerAddress = { serial: 410_000_001, host: '127.61.9.1', port: 60_000, capacity: 50 }
const tries = 3

let closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing) await close()
  closing = []
})

async function opened(echo: boolean) {
  const campus = new SimulatedCampus()
  const station = campus.board({ ...address, echo })
  const driver = await campus.openDriver({ tries })
  closing.push(() => driver.close())
  await campus.time.until(driver.put(address, someCard(1)))
  return { campus, station, driver }
}

describe.each([true, false])('where the controller echoes (%s)', echo => {
  it.each(['other address', 'other serial', 'truncated'] as const)(
    'replies that come as from %s are not heard: it is unreachable, after as many tries as always',
    async replies => {
      const { campus, station, driver } = await opened(echo)
      bringTrouble(station, { replies })
      campus.sent.length = 0
      expect(await campus.time.until(driver.put(address, someCard(2)))).toEqual({
        answer: 'unreachable',
        proved: false,
        tries,
      })
      expect(await campus.time.until(driver.get(address, 1n))).toEqual({ answer: 'unreachable' })
      expect(campus.sent).toHaveLength(2 * tries)
      bringTrouble(station, { replies: 'proper' })
      expect(await campus.time.until(driver.get(address, 2n))).toMatchObject({ answer: 'found' })
    },
  )

  it('who stands at an address is asked of the number first, then of anybody; made-up senders are cut off', async () => {
    const { campus, station, driver } = await opened(echo)
    const meet = () => campus.time.until(driver.meet!(address))
    expect(await meet()).toMatchObject({ answer: 'answers', serial: address.serial, firmware: '8.92' })
    bringTrouble(station, { becomes: { serial: 499_000_001, mac: '0066aa000001', firmware: '0662' } })
    campus.sent.length = 0
    expect(await meet()).toMatchObject({ serial: 499_000_001, mac: '00:66:aa:00:00:01', firmware: '6.62' })
    expect(campus.sent.map(({ datagram }) => datagram.readUInt32LE(4))).toEqual([
      ...Array.from({ length: tries }, () => address.serial),
      0,
    ])
    bringTrouble(station, { silent: true })
    expect(await meet()).toEqual({ answer: 'unreachable' })
    expect(driver.strays!()).toEqual([])
    const late = campus.sent[0]!.datagram
    for (let sender = 0; sender < 300; sender++)
      campus.reply(`127.61.8.${sender % 250}`, late, 0, 1_000 + sender)
    await meet()
    expect(driver.strays!()).toHaveLength(64)
    expect(driver.strays!()).toEqual([])
  })

  it('a thousand replies to each request are one answer each, and no request more is sent', async () => {
    const { campus, station, driver } = await opened(echo)
    bringTrouble(station, { replies: 'flood' })
    campus.sent.length = 0
    for (let number = 2; number <= 9; number++)
      expect(await campus.time.until(driver.put(address, someCard(number)))).toMatchObject({
        answer: 'applied',
        tries: 1,
      })
    expect(campus.sent).toHaveLength(8)
    expect(station.board.cards.size).toBe(9)
  })

  it('a change that is made and denied is not taken for made, and a repeated removal is looked up', async () => {
    const { campus, station, driver } = await opened(echo)
    bringTrouble(station, { denies: true })
    expect(await campus.time.until(driver.put(address, someCard(2)))).toMatchObject({ answer: 'rejected' })
    expect(station.board.cards.has(2)).toBe(true)
    expect(await campus.time.until(driver.remove(address, 1n))).toMatchObject({ answer: 'already' })
    expect(station.board.cards.has(1)).toBe(false)
  })

  it('a removal whose reply was lost is already made when it is repeated', async () => {
    const { campus, station, driver } = await opened(echo)
    bringTrouble(station, { mute: true })
    const removal = driver.remove(address, 1n)
    campus.time.after(100, () => bringTrouble(station, { mute: false }))
    expect(await campus.time.until(removal)).toMatchObject({ answer: 'already', tries: 2 })
  })

  it('both dates, PIN and time profiles are sent as they are, and kept', async () => {
    const { campus, driver } = await opened(echo)
    const card = someCard(7, { pin: 999_999, doors: [2, 254, 0, 29] })
    campus.sent.length = 0
    await campus.time.until(driver.put(address, card))
    const put = campus.sent.at(-1)!.datagram
    expect(put.toString('hex', 12, 20)).toBe('2023112020240229')
    expect([...put.subarray(20, 24)]).toEqual([2, 254, 0, 29])
    expect(await campus.time.until(driver.get(address, 7n))).toEqual({ answer: 'found', card })
  })

  it('events of a ring that gives way are read without a gap, lost ones counted, within the limit', async () => {
    const campus = new SimulatedCampus()
    const { board } = campus.board({ ...address, echo, eventLimit: 20, eventChunk: 8 })
    const driver = await campus.openDriver({ tries })
    closing.push(() => driver.close())
    const read = (after: number, limit: number) => campus.time.until(driver.events!(address, after, limit))
    expect(await read(0, 10)).toEqual({ answer: 'read', newest: null, before: null, events: [] })
    for (let time = 0; time < 30; time++) board.swipe(9, 1)
    const first = await read(0, 5)
    if (first.answer !== 'read') throw new Error(first.answer)
    expect(first.events.map(({ index }) => index)).toEqual([1, 9, 10, 11, 12])
    expect(first.events[0]).toEqual({ index: 1, lost: 8 })
    expect(first.newest!.index).toBe(30)
    const rest = await read(12, 100)
    if (rest.answer !== 'read') throw new Error(rest.answer)
    expect(rest.events.map(({ index }) => index)).toEqual(Array.from({ length: 18 }, (_, at) => 13 + at))
    expect(rest.before).toEqual(first.events.at(-1))
  })
})
