import type { DoorEvent } from '../../update/driver.ts'
import { readDate, readDateTime, readStatusTime, writeDateTime } from './decimal.ts'
import { type Envelope, functions, request, saidYes, seal } from './frame.ts'

/** 0x30, set the clock: YYYYMMDDHHMMSS in 7 bytes at 8. */
export function setTime(to: Envelope, at: Temporal.PlainDateTime): Buffer {
  const datagram = request(functions.setTime, to)
  writeDateTime(datagram, 8, at)
  return datagram
}

/** 0x32, ask for the clock. */
export const getTime = (to: Envelope): Buffer => request(functions.getTime, to)

/** Reply to 0x30 and 0x32: YYYYMMDDHHMMSS in 7 bytes at 8; null where that is no moment. */
export const timeIn = (reply: Buffer): Temporal.PlainDateTime | null => readDateTime(reply, 8)

/** 0x94, ask who is there. */
export const getDevice = (to: Envelope): Buffer => request(functions.device, to)

/** What a controller says of itself: address at 8, MAC at 20 (6), firmware at 26 (2, BCD), the day it is of at 28 (4). */
export interface Device {
  address: string
  mac: string
  firmware: string
  madeOn: Temporal.PlainDate | null
}

/** Reply to 0x94. */
export const deviceIn = (reply: Buffer): Device => ({
  address: reply.subarray(8, 12).join('.'),
  mac: reply.toString('hex', 20, 26).replace(/..(?=.)/g, '$&:'),
  firmware: `${Number(reply.toString('hex', 26, 27))}.${reply.toString('hex', 27, 28)}`,
  madeOn: readDate(reply, 28),
})

/**
 * Reply to 0xB0, and the first half of a status: index u32 at 8, type at 12, granted at 13, door at 14,
 * direction at 15, card u32 at 16, moment at 20 (7), reason at 27.
 */
export const eventIn = (reply: Buffer): DoorEvent => ({
  index: reply.readUInt32LE(8),
  type: reply.readUInt8(12),
  granted: reply.readUInt8(13) === 1,
  door: reply.readUInt8(14),
  direction: reply.readUInt8(15),
  card: BigInt(reply.readUInt32LE(16)),
  at: readDateTime(reply, 20),
  reason: reply.readUInt8(27),
})

/** 0x20, ask for the status. */
export const getStatus = (to: Envelope): Buffer => request(functions.status, to)

/** How a controller stands: its last event, its doors and its clock. */
export interface Status {
  lastEvent: DoorEvent
  /** Doors 1 to 4, true where open. */
  doorsOpen: readonly boolean[]
  /** 0 is none. */
  error: number
  at: Temporal.PlainDateTime | null
}

/**
 * Reply to 0x20, and every event that a controller sends unasked: event as in 0xB0, doors at 28-31, error at
 * 36, time HHMMSS at 37, date YYMMDD at 51.
 */
export const statusIn = (reply: Buffer): Status => ({
  lastEvent: eventIn(reply),
  doorsOpen: [...reply.subarray(28, 32)].map(open => open === 1),
  error: reply.readUInt8(36),
  at: readStatusTime(reply, 51, 37),
})

/** 0xB0, get an event: index u32 at 8; 0 the oldest, 0xFFFFFFFF the newest. */
export function getEvent(to: Envelope, index: number): Buffer {
  const datagram = request(functions.getEvent, to)
  datagram.writeUInt32LE(index, 8)
  return datagram
}

/** 0xB2, note on the controller up to where events have been fetched: index u32 at 8, the seal at 12. */
export function setEventIndex(to: Envelope, index: number): Buffer {
  const datagram = request(functions.setEventIndex, to)
  datagram.writeUInt32LE(index, 8)
  datagram.writeUInt32LE(seal, 12)
  return datagram
}

/** Reply to 0xB2: 1 noted, 0 not. */
export const eventIndexSet = (reply: Buffer): boolean | null => saidYes(reply)

/** 0xB4, ask up to where events have been fetched. */
export const getEventIndex = (to: Envelope): Buffer => request(functions.getEventIndex, to)

/** Reply to 0xB4: index u32 at 8. */
export const eventIndexIn = (reply: Buffer): number => reply.readUInt32LE(8)
