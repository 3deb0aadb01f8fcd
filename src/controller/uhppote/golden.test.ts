import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layouts, readFields, reply } from '../emulator/wire.ts'
import * as board from './board.ts'
import * as cards from './cards.ts'
import { headerOf } from './frame.ts'
import * as golden from './golden.ts'

const { serial, sequence, card, moment } = golden
const to = { serial, sequence }
const number = Number(card.number)
const hex = (datagram: Buffer) => datagram.toString('hex')

const theirCard = {
  card: number,
  from: '2023-11-20',
  to: '2024-02-29',
  door1: 1,
  door2: 0,
  door3: 29,
  door4: 254,
  pin: 999_999,
}
const theirEvent = {
  index: 70_000,
  type: 1,
  granted: 0,
  door: 3,
  direction: 1,
  card: number,
  at: '2024-03-01T15:09:57',
  reason: 15,
}
const theirMoment = { at: '2024-03-01T15:09:58' }

describe('a request by the golden datagram', () => {
  it.each([
    ['put card', golden.putRequest, cards.putCard(to, card), 'putCard', theirCard],
    ['remove card', golden.removeRequest, cards.removeCard(to, card.number), 'removeCard', { card: number }],
    ['remove all', golden.removeAllRequest, cards.removeAll(to), 'removeAll', { seal: 0x55aaaa55 }],
    ['count cards', golden.countRequest, cards.countCards(to), 'countCards', {}],
    ['get card', golden.getRequest, cards.getCard(to, card.number), 'getCard', { card: number }],
    ['get card at', golden.getAtRequest, cards.getCardAt(to, golden.slot), 'getCardAt', { slot: 263 }],
    ['set time', golden.setTimeRequest, board.setTime(to, moment), 'setTime', theirMoment],
    ['get time', golden.getTimeRequest, board.getTime(to), 'getTime', {}],
    ['status', golden.statusRequest, board.getStatus(to), 'status', {}],
    ['device', golden.deviceRequest, board.getDevice(to), 'device', {}],
    ['get event', golden.getEventRequest, board.getEvent(to, 70_000), 'getEvent', { index: 70_000 }],
    [
      'set event index',
      golden.setEventIndexRequest,
      board.setEventIndex(to, 70_000),
      'setEventIndex',
      { index: 70_000, seal: 0x55aaaa55 },
    ],
    ['get event index', golden.getEventIndexRequest, board.getEventIndex(to), 'getEventIndex', {}],
  ] as const)('%s is what the driver sends and the emulator understands', (_, datagram, sent, name, read) => {
    expect(datagram).toHaveLength(64)
    expect(hex(sent)).toBe(hex(datagram))
    expect(layouts[name].code).toBe(datagram[1])
    expect(readFields(layouts[name].request, datagram)).toEqual(read)
    expect(headerOf(datagram)).toEqual({ code: layouts[name].code, serial, sequence })
  })
})

describe('a reply by the golden datagram', () => {
  const { addressParts, ...device } = {
    addressParts: { ip1: 127, ip2: 60, ip3: 0, ip4: 1 },
    mac: '00661939552d',
    firmware: '0892',
    builtOn: '2021-01-01',
  }
  const status = { ...theirEvent, error: 0, time: '15:09:58', date: '24-03-01' }

  it.each([
    ['put: done', golden.changeDone('50'), 'putCard', { ok: 1 }, cards.changeMade, true],
    ['put: refused', golden.changeRefused('50'), 'putCard', { ok: 0 }, cards.changeMade, false],
    ['remove: done', golden.changeDone('52'), 'removeCard', { ok: 1 }, cards.changeMade, true],
    ['remove all: done', golden.changeDone('54'), 'removeAll', { ok: 1 }, cards.changeMade, true],
    ['count', golden.countReply, 'countCards', { cards: 19_978 }, cards.cardsCounted, golden.counted],
    ['get: card', golden.cardReply('5A'), 'getCard', theirCard, cards.cardIn, card],
    ['get: none', golden.noCardReply('5A'), 'getCard', {}, cards.cardIn, 'none'],
    ['get at: card', golden.cardReply('5C'), 'getCardAt', theirCard, cards.cardIn, card],
    ['get at: deleted', golden.deletedReply, 'getCardAt', { card: 0xffffffff }, cards.cardIn, 'deleted'],
    ['get at: end', golden.noCardReply('5C'), 'getCardAt', {}, cards.cardIn, 'none'],
    ['set time', golden.setTimeRequest, 'setTime', theirMoment, board.timeIn, moment],
    ['get time', golden.getTimeReply, 'getTime', theirMoment, board.timeIn, moment],
    ['get event', golden.getEventReply, 'getEvent', theirEvent, board.eventIn, golden.event],
    ['event index set', golden.changeDone('B2'), 'setEventIndex', { ok: 1 }, board.eventIndexSet, true],
    [
      'event index',
      golden.getEventIndexReply,
      'getEventIndex',
      { index: 70_000 },
      board.eventIndexIn,
      70_000,
    ],
    [
      'status',
      golden.statusReply,
      'status',
      status,
      board.statusIn,
      { lastEvent: golden.event, doorsOpen: [false, false, false, false], error: 0, at: moment },
    ],
    [
      'device',
      golden.deviceReply,
      'device',
      { ...addressParts, ...device },
      board.deviceIn,
      {
        address: '127.60.0.1',
        mac: '00:66:19:39:55:2d',
        firmware: '8.92',
        madeOn: Temporal.PlainDate.from('2021-01-01'),
      },
    ],
  ] as const)(
    '%s is what the emulator sends and the driver understands',
    (_, datagram, name, values, read, said) => {
      expect(datagram).toHaveLength(64)
      expect(hex(reply(name, serial, sequence, values))).toBe(hex(datagram))
      expect(read(datagram)).toEqual(said)
    },
  )

  it('an event sent unasked by firmware 6.62 is understood, though it begins with another byte', () => {
    expect(headerOf(golden.unaskedEvent)).toEqual({ code: 0x20, serial, sequence: 0 })
    expect(board.statusIn(golden.unaskedEvent)).toEqual({
      lastEvent: golden.event,
      doorsOpen: [false, false, true, false],
      error: 0,
      at: moment,
    })
  })
})

describe('what must not go on the wire', () => {
  it.each([
    ['no number', { number: 0n }, 'number'],
    ['the number of a deleted place', { number: 0xffffffffn }, 'number'],
    ['the number of an empty reading', { number: 0x00ffffffn }, 'number'],
    ['a number longer than 32 bits', { number: 0x100000000n }, 'number'],
    ['a negative number', { number: -1n }, 'number'],
    ['a PIN of seven digits', { pin: 1_000_000 }, 'pin'],
    ['a negative PIN', { pin: -1 }, 'pin'],
    ['a time profile above 254', { doors: [0, 0, 255, 0] as const }, 'doors'],
    ['a year of five digits', { to: Temporal.PlainDate.from('+010000-01-01') }, 'dates'],
  ])('%s is named as the fault and never sent', (_, change, fault) => {
    expect(cards.faultOf({ ...card, ...change })).toBe(fault)
    expect(() => cards.putCard(to, { ...card, ...change })).toThrow(RangeError)
  })

  it.each([0n, 1n, 999_999n])('a PIN of %d is sent as it is', pin => {
    expect(cards.putCard(to, { ...card, pin: Number(pin) }).readUIntLE(24, 3)).toBe(Number(pin))
  })
})

describe('what makes no sense in a reply', () => {
  const replyWith = (at: number, bytes: string) => {
    const datagram = Buffer.from(golden.cardReply('5A'))
    datagram.write(bytes, at, 'hex')
    return datagram
  }

  it.each([
    ['a date of zeros', 12, '00000000'],
    ['digits above nine', 12, '20231A20'],
    ['the 30th of February', 16, '20240230'],
    ['month 13', 16, '20241301'],
    ['a PIN of seven digits', 24, '40420F'],
  ])('%s leaves the card unreadable, not invented', (_, at, bytes) => {
    expect(cards.cardIn(replyWith(at, bytes))).toBe('unreadable')
  })

  it.each([
    ['shorter', golden.countReply.subarray(0, 63)],
    ['longer', Buffer.concat([golden.countReply, Buffer.alloc(1)])],
    ['of another kind', Buffer.from(golden.countReply).fill(0x18, 0, 1)],
  ])('a datagram that is %s is not one of ours', (_, datagram) => {
    expect(headerOf(datagram)).toBeNull()
  })
})

it('whatever card is put, the emulator reads the same, and its reply reads back as the same card', () => {
  const day = fc
    .tuple(
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 31 }),
    )
    .map(([year, month, dayOfMonth]) => Temporal.PlainDate.from({ year, month, day: dayOfMonth }))
  const door = fc.integer({ min: 0, max: 254 })
  const anyCard = fc.record({
    number: fc.bigInt({ min: 1n, max: 0xfffffffen }).filter(cards.isCardNumber),
    from: day,
    to: day,
    doors: fc.tuple(door, door, door, door),
    pin: fc.integer({ min: 0, max: 999_999 }),
  })
  fc.assert(
    fc.property(anyCard, one => {
      const read = readFields(layouts.putCard.request, cards.putCard(to, one))
      expect(read).toMatchObject({
        card: Number(one.number),
        from: one.from.toString(),
        to: one.to.toString(),
      })
      expect(cards.cardIn(reply('getCard', serial, sequence, read))).toEqual(one)
    }),
  )
})
