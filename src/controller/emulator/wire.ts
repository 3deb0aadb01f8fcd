/**
 * The emulator's own reading of the UT0311-L0x datagrams, as tables of field, offset and kind. It shares
 * nothing with the driver's codec: the golden datagrams hold both to the protocol's table, so that a
 * misreading of one cannot hide in the other.
 */

const digits = (size: number, pattern: RegExp, shape: string) => ({ size, pattern, shape })

/** Kinds kept as decimal digits, and how they read as text. */
const texts = {
  date: digits(4, /(....)(..)(..)/, '$1-$2-$3'),
  moment: digits(7, /(....)(..)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:$6'),
  timeOfDay: digits(3, /(..)(..)(..)/, '$1:$2:$3'),
  shortDate: digits(3, /(..)(..)(..)/, '$1-$2-$3'),
  hex6: digits(6, /(.+)/, '$1'),
  hex2: digits(2, /(.+)/, '$1'),
}
const numbers = { u8: 1, u24: 3, u32: 4 }

type Kind = keyof typeof texts | keyof typeof numbers
type Layout = Readonly<Record<string, readonly [at: number, kind: Kind]>>
/** What a layout's fields hold: numbers, or decimal digits as text (`2024-03-01`). */
export type Values<L extends Layout> = {
  -readonly [Field in keyof L]: L[Field][1] extends keyof typeof texts ? string : number
}

const card = {
  card: [8, 'u32'],
  from: [12, 'date'],
  to: [16, 'date'],
  door1: [20, 'u8'],
  door2: [21, 'u8'],
  door3: [22, 'u8'],
  door4: [23, 'u8'],
  pin: [24, 'u24'],
} as const
const event = {
  index: [8, 'u32'],
  type: [12, 'u8'],
  granted: [13, 'u8'],
  door: [14, 'u8'],
  direction: [15, 'u8'],
  card: [16, 'u32'],
  at: [20, 'moment'],
  reason: [27, 'u8'],
} as const
const done = { ok: [8, 'u8'] } as const
const clock = { at: [8, 'moment'] } as const
const nothing = {} as const

/** Every function that the emulator answers: its code, what is asked and what is replied. */
export const layouts = {
  status: {
    code: 0x20,
    request: nothing,
    reply: { ...event, error: [36, 'u8'], time: [37, 'timeOfDay'], date: [51, 'shortDate'] },
  },
  setTime: { code: 0x30, request: clock, reply: clock },
  getTime: { code: 0x32, request: nothing, reply: clock },
  putCard: { code: 0x50, request: card, reply: done },
  removeCard: { code: 0x52, request: { card: [8, 'u32'] }, reply: done },
  removeAll: { code: 0x54, request: { seal: [8, 'u32'] }, reply: done },
  /** A whole list in ascending order: how many cards it has, and the how-manieth this one is. */
  sortedCard: { code: 0x56, request: { ...card, total: [32, 'u24'], at: [35, 'u24'] }, reply: done },
  countCards: { code: 0x58, request: nothing, reply: { cards: [8, 'u32'] } },
  getCard: { code: 0x5a, request: { card: [8, 'u32'] }, reply: card },
  getCardAt: { code: 0x5c, request: { slot: [8, 'u32'] }, reply: card },
  device: {
    code: 0x94,
    request: nothing,
    reply: {
      ip1: [8, 'u8'],
      ip2: [9, 'u8'],
      ip3: [10, 'u8'],
      ip4: [11, 'u8'],
      mac: [20, 'hex6'],
      firmware: [26, 'hex2'],
      builtOn: [28, 'date'],
    },
  },
  getEvent: { code: 0xb0, request: { index: [8, 'u32'] }, reply: event },
  setEventIndex: { code: 0xb2, request: { index: [8, 'u32'], seal: [12, 'u32'] }, reply: done },
  getEventIndex: { code: 0xb4, request: nothing, reply: { index: [8, 'u32'] } },
} as const satisfies Record<string, { code: number; request: Layout; reply: Layout }>

/** The name of a function, as in `putCard`. */
export type FunctionName = keyof typeof layouts

/** Which function a datagram asks for; undefined for what the emulator does not know. */
export const nameOf = new Map(
  Object.entries(layouts).map(([name, { code }]) => [code as number, name as FunctionName]),
)

/** What stands before the content of each datagram, and the sequence id at 40. */
export const envelope = {
  start: [0, 'u8'],
  code: [1, 'u8'],
  serial: [4, 'u32'],
  sequence: [40, 'u32'],
} as const

const entriesOf = new WeakMap<Layout, (readonly [string, number, Kind])[]>()

/** A layout's fields as a list, made once. */
const fieldsOf = (layout: Layout) =>
  entriesOf.getOrInsertComputed(layout, () =>
    Object.entries(layout).map(([field, [at, kind]]) => [field, at, kind] as const),
  )

/** Reads the fields of a layout. */
export function readFields<L extends Layout>(layout: L, datagram: Buffer): Values<L> {
  const values: Record<string, number | string> = {}
  for (const [field, at, kind] of fieldsOf(layout)) {
    if (kind in numbers) values[field] = datagram.readUIntLE(at, numbers[kind as keyof typeof numbers])
    else {
      const { size, pattern, shape } = texts[kind as keyof typeof texts]
      values[field] = datagram.toString('hex', at, at + size).replace(pattern, shape)
    }
  }
  return values as Values<L>
}

/** Writes the fields of a layout into a datagram; a field left out stays 0. */
export function writeFields<L extends Layout>(
  layout: L,
  values: Partial<Values<L>>,
  datagram: Buffer,
): Buffer {
  for (const [field, at, kind] of fieldsOf(layout)) {
    const value = values[field as keyof L]
    if (typeof value === 'number') datagram.writeUIntLE(value, at, numbers[kind as keyof typeof numbers])
    else if (typeof value === 'string') datagram.write(value.replace(/[^0-9a-f]/g, ''), at, 'hex')
  }
  return datagram
}

/** A whole reply: the function's code, who answers, and the sequence id where it is echoed (else 0). */
export function reply<Name extends FunctionName>(
  name: Name,
  serial: number,
  sequence: number,
  values: Partial<Values<(typeof layouts)[Name]['reply']>>,
): Buffer {
  const datagram = Buffer.alloc(64)
  writeFields(envelope, { start: 0x17, code: layouts[name].code, serial, sequence }, datagram)
  return writeFields<Layout>(layouts[name].reply, values, datagram)
}
