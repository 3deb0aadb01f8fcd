import type { CardRecord } from '../../update/driver.ts'
import { readDate, writeDate } from './decimal.ts'
import { type Envelope, functions, request, saidYes, seal } from './frame.ts'

/** Why a card cannot be put on the wire. */
export type CardFault = 'number' | 'dates' | 'doors' | 'pin'

/** Whether a card number can stand in a datagram: u32, and none of those that mean a deleted place or an empty reading. */
export const isCardNumber = (number: bigint): boolean =>
  number > 0n && number < 0xffffffffn && number !== 0x00ffffffn

/**
 * What is wrong with a card before it is sent, or null. A PIN above 999999 would be cut to other digits by
 * the controller, silently; and a card of zero dates is refused by it.
 */
export function faultOf(card: CardRecord): CardFault | null {
  if (!isCardNumber(card.number)) return 'number'
  if (!hasFourDigits(card.from) || !hasFourDigits(card.to)) return 'dates'
  for (const door of card.doors) if (!Number.isInteger(door) || door < 0 || door > 254) return 'doors'
  if (!Number.isInteger(card.pin) || card.pin < 0 || card.pin > 999_999) return 'pin'
  return null
}

const hasFourDigits = ({ year }: Temporal.PlainDate): boolean => year >= 1 && year <= 9999

/**
 * 0x50, put a card: number u32 at 8, from at 12, to at 16 (YYYYMMDD), doors at 20-23, PIN u24 at 24.
 * Both dates are always sent. Throws a RangeError for a card with a fault.
 */
export function putCard(to: Envelope, card: CardRecord): Buffer {
  const fault = faultOf(card)
  if (fault) throw new RangeError(`card ${card.number} cannot be sent: its ${fault}`)
  const datagram = request(functions.putCard, to)
  datagram.writeUInt32LE(Number(card.number), 8)
  writeDate(datagram, 12, card.from)
  writeDate(datagram, 16, card.to)
  datagram.set(card.doors, 20)
  datagram.writeUIntLE(card.pin, 24, 3)
  return datagram
}

/** 0x52, remove a card: number u32 at 8. */
export const removeCard = (to: Envelope, number: bigint): Buffer =>
  aboutCard(functions.removeCard, to, number)

/** 0x5A, get a card by its number: number u32 at 8. */
export const getCard = (to: Envelope, number: bigint): Buffer => aboutCard(functions.getCard, to, number)

function aboutCard(code: number, to: Envelope, number: bigint): Buffer {
  if (!isCardNumber(number)) throw new RangeError(`${number} is no card number`)
  const datagram = request(code, to)
  datagram.writeUInt32LE(Number(number), 8)
  return datagram
}

/** 0x54, remove all cards: the seal 0x55AAAA55 at 8. */
export function removeAll(to: Envelope): Buffer {
  const datagram = request(functions.removeAll, to)
  datagram.writeUInt32LE(seal, 8)
  return datagram
}

/** 0x58, count the cards. */
export const countCards = (to: Envelope): Buffer => request(functions.countCards, to)

/** 0x5C, get a card by its place in the list: index u32 at 8, the first is 1. */
export function getCardAt(to: Envelope, slot: number): Buffer {
  const datagram = request(functions.getCardAt, to)
  datagram.writeUInt32LE(slot, 8)
  return datagram
}

/** Reply to 0x50, 0x52, 0x54: 1 done, 0 not, at 8. It does not name the card. Null where it is neither. */
export const changeMade = (reply: Buffer): boolean | null => saidYes(reply)

/** Reply to 0x58: u32 at 8. */
export const cardsCounted = (reply: Buffer): number => reply.readUInt32LE(8)

/** The card number at 8 in a reply to 0x5A or 0x5C: 0 none, 0xFFFFFFFF a deleted place. */
export const numberIn = (reply: Buffer): number => reply.readUInt32LE(8)

/** Reply to 0x5A and 0x5C, laid out as the request 0x50; `unreadable` where its dates or PIN make no sense. */
export function cardIn(reply: Buffer): CardRecord | 'none' | 'deleted' | 'unreadable' {
  const number = numberIn(reply)
  if (number === 0) return 'none'
  if (number === 0xffffffff) return 'deleted'
  const from = readDate(reply, 12)
  const to = readDate(reply, 16)
  if (!from || !to) return 'unreadable'
  const doors = [reply.readUInt8(20), reply.readUInt8(21), reply.readUInt8(22), reply.readUInt8(23)] as const
  const card = { number: BigInt(number), from, to, doors, pin: reply.readUIntLE(24, 3) }
  return faultOf(card) ? 'unreadable' : card
}
