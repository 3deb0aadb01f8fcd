import { describe, expect, it } from 'vitest'
import * as golden from '../uhppote/golden.ts'
import { CardList } from './card-list.ts'
import { makeStation } from './station.ts'

const board = (change: object = {}) =>
  makeStation(
    { serial: golden.serial, host: '127.60.0.1', port: 60_000, ...change },
    {
      seed: 1,
      startAt: Temporal.PlainDateTime.from('2024-02-01T08:00'),
      monotonicMs: () => 0,
      after: () => {},
      send: () => {},
    },
  ).board
const hex = (datagram: Buffer | null) => datagram?.toString('hex')

it('a board answers the golden requests about cards with the golden replies', () => {
  const one = board()
  expect(hex(one.answer(golden.putRequest))).toBe(hex(golden.changeDone('50')))
  expect(hex(one.answer(golden.getRequest))).toBe(hex(golden.cardReply('5A')))
  expect(hex(one.answer(golden.removeRequest))).toBe(hex(golden.changeDone('52')))
  expect(hex(one.answer(golden.removeRequest))).toBe(hex(golden.changeRefused('52')))
  expect(hex(one.answer(golden.getRequest))).toBe(hex(golden.noCardReply('5A')))
})

it.each([true, false])(
  'a list with holes (%s) is what a plain list would be, after 20,000 changes',
  holes => {
    const list = new CardList(300, holes)
    const plain = new Map<number, number>()
    let state = 7
    const chance = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return (state >>> 8) % below
    }
    for (let change = 0; change < 20_000; change++) {
      const number = 1 + chance(400) * 65_537
      if (chance(3) === 0) expect(list.remove(number)).toBe(plain.delete(number))
      else {
        const room = plain.has(number) || plain.size < 300
        const card = {
          number,
          from: '2023-11-20',
          to: '2024-02-29',
          doors: [1, 0, 2, 254] as const,
          pin: change,
        }
        expect(list.put({ ...card, doors: [...card.doors] })).toBe(room)
        if (room) plain.set(number, change)
      }
    }
    expect(new Map(list.all().map(({ number, pin }) => [number, pin]))).toEqual(plain)
    expect(list.size).toBe(plain.size)
    for (const [number, pin] of plain) expect(list.get(number)?.pin).toBe(pin)
  },
)

describe('what the vendor’s kit says and no board was seen doing', () => {
  const sorted = (number: number, at: number, total: number): Buffer => {
    const datagram = Buffer.from(golden.putRequest)
    datagram[1] = 0x56
    datagram.writeUInt32LE(number, 8)
    datagram.writeUIntLE(total, 32, 3)
    datagram.writeUIntLE(at, 35, 3)
    return datagram
  }

  it('a sorted list comes into force with its last card; broken off, the old one stays', () => {
    const one = board({ sortedReplace: true })
    one.answer(golden.putRequest)
    expect(one.answer(sorted(10, 1, 3))![8]).toBe(1)
    expect(one.answer(sorted(20, 2, 3))![8]).toBe(1)
    expect(one.answer(sorted(15, 3, 3))![8]).toBe(0xe1)
    expect(one.cards.size).toBe(1)
    expect(one.answer(sorted(30, 3, 3))![8]).toBe(1)
    expect(one.answer(sorted(30, 3, 3))![8]).toBe(1)
    expect(one.cards.all().map(({ number }) => number)).toEqual([10, 20, 30])
  })

  it('sixteen requests in one datagram have sixteen replies in one; without the option, none', () => {
    const sixteen = Buffer.concat(Array.from({ length: 16 }, (_, at) => sorted(at + 1, at + 1, 16)))
    const one = board({ sortedReplace: true, batch: true })
    expect(one.answer(sixteen)).toHaveLength(1024)
    expect(one.cards.size).toBe(16)
    expect(board().answer(sixteen)).toBeNull()
  })
})
