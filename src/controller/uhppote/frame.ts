/**
 * The datagram of UT0311-L0x door controllers (UHPPOTE): always 64 bytes, little-endian, no checksum.
 *
 * | offset | content                                                                |
 * |--------|------------------------------------------------------------------------|
 * | 0      | 0x17; 0x19 in the events of firmware 6.62                              |
 * | 1      | function code                                                          |
 * | 2-3    | 0                                                                      |
 * | 4-7    | serial number of the controller                                        |
 * | 8...   | what the function carries                                              |
 * | 40-43  | sequence id of the request; a controller may or may not repeat it      |
 */
export const datagramLength = 64

/** UDP port on which every controller listens as it is delivered. */
export const defaultPort = 60_000

/** What a controller can be asked, by its function code (offset 1). */
export const functions = {
  status: 0x20,
  setTime: 0x30,
  getTime: 0x32,
  putCard: 0x50,
  removeCard: 0x52,
  removeAll: 0x54,
  countCards: 0x58,
  getCard: 0x5a,
  getCardAt: 0x5c,
  device: 0x94,
  getEvent: 0xb0,
  setEventIndex: 0xb2,
  getEventIndex: 0xb4,
} as const

/** Sent with requests that must not happen by accident (remove all, set event index). */
export const seal = 0x55aaaa55

/** Who a request is for and what its reply may repeat. */
export interface Envelope {
  /** Serial number of the controller, u32 at 4. */
  serial: number
  /** Sequence id, u32 at 40, never 0: a controller that does not echo answers 0. */
  sequence: number
}

/** What every datagram says before its content. */
export interface Header extends Envelope {
  code: number
}

/** An empty request, to be filled from offset 8. */
export function request(code: number, { serial, sequence }: Envelope): Buffer {
  const datagram = Buffer.alloc(datagramLength)
  datagram[0] = 0x17
  datagram[1] = code
  datagram.writeUInt32LE(serial, 4)
  datagram.writeUInt32LE(sequence, 40)
  return datagram
}

/** The function code of a datagram. */
export const codeIn = (datagram: Buffer): number => datagram[1]!
/** Whom a datagram is for or from. */
export const serialIn = (datagram: Buffer): number => datagram.readUInt32LE(4)
/** The sequence id of a datagram. */
export const sequenceIn = (datagram: Buffer): number => datagram.readUInt32LE(40)
/** Whether this is a datagram of ours, by its length and first byte. */
export const isOurs = (datagram: Buffer): boolean =>
  datagram.length === datagramLength && (datagram[0] === 0x17 || datagram[0] === 0x19)

/** The header of a datagram, or null where this is not one of ours (length, first byte). */
export function headerOf(datagram: Buffer): Header | null {
  if (!isOurs(datagram)) return null
  return { code: codeIn(datagram), serial: serialIn(datagram), sequence: sequenceIn(datagram) }
}

/** The yes or no at offset 8 of replies to changes; null where it is neither. */
export function saidYes(reply: Buffer): boolean | null {
  const said = reply.readUInt8(8)
  return said === 1 ? true : said === 0 ? false : null
}
