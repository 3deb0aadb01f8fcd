import { type Decision, no, yes } from '../lib/decision.ts'
import { type ChipNumber, type ChipRefusal, cascadeTag, checkChipNumber, printChipNumber } from './numbers.ts'

/** Where a byte that a reader sends comes from: a byte of the chip (counted from 0), or a constant that it adds. */
type Source = number | 'cascade-tag' | 'zero'

/** How a reader writes the bytes it sends. `digits` is the padded width, 0 for a decimal without zeros in front. */
type Notation =
  | { as: 'hex' }
  | { as: 'decimal'; digits: Readonly<Record<number, number>> | 0 }
  /** Two decimals of `first` and 2 bytes: joined by a comma on a keyboard, by five digits on a controller. */
  | { as: 'pair'; first: 1 | 2; digits: readonly [number, number]; joined: ',' | '' }

interface Shape {
  /** The bytes it sends for a chip of 4 or 7 bytes (5: old 125 kHz tags, for comparison only). Absent: not known. */
  sends: Readonly<Partial<Record<4 | 5 | 7, readonly Source[]>>>
  writes: Notation
  /** It turns every bit over and mirrors each byte. */
  invertsAndMirrors?: true
  /** Whether a door controller gets its numbers this way; otherwise it is a keyboard at a desk. */
  door?: true
  source: string
}

const up = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at)
const down = (from: number, to: number): number[] => up(to, from).toReversed()
const padded = { 4: 10, 5: 13, 7: 17 } as const

/**
 * Every way of writing a chip number that Gatehouse knows by name. A reader and a controller each name one; a length
 * missing from `sends` means that nobody has shown what such a reader does with it, and nothing is guessed.
 * Test vectors: domain facts 4.2; the sources below are the pages behind them.
 */
const shapes = {
  'be-hex': {
    sends: { 4: up(0, 3), 7: up(0, 6) },
    writes: { as: 'hex' },
    source: 'PC/SC part 3, FF CA 00 00 00',
  },
  'le-hex': { sends: { 4: down(3, 0), 7: down(6, 0) }, writes: { as: 'hex' }, source: 'oemrfidfactory.com' },
  'be-dec-10': {
    sends: { 4: up(0, 3), 7: up(0, 6) },
    writes: { as: 'decimal', digits: padded },
    source: 'oemrfidfactory.com; README of "Mifare Uid reading"',
  },
  'le-dec-10': {
    sends: { 4: down(3, 0), 7: down(6, 0) },
    writes: { as: 'decimal', digits: padded },
    source: 'oemrfidfactory.com; geeksoflondon/hamster; studid-uid (Web NFC)',
  },
  'le-dec-10-cascade': {
    sends: { 4: down(3, 0), 7: [2, 1, 0, 'cascade-tag'] },
    writes: { as: 'decimal', digits: padded },
    source: 'geeksoflondon/hamster: 04C43BC21C2680 is read as 3BC40488',
  },
  'pace-5byte': {
    sends: { 4: [...up(0, 3), 'zero'] },
    writes: { as: 'decimal', digits: 0 },
    source: 'README of "Mifare Uid reading"',
  },
  '10H12D': {
    sends: { 4: ['zero', ...up(0, 3)], 5: up(0, 4) },
    writes: { as: 'decimal', digits: { 5: 12 } },
    source: 'zgznk.com',
  },
  '8H10D': {
    sends: { 4: up(0, 3), 5: up(1, 4) },
    writes: { as: 'decimal', digits: { 4: 10 } },
    source: 'zgznk.com',
  },
  '6H8D': {
    sends: { 4: up(1, 3), 5: up(2, 4) },
    writes: { as: 'decimal', digits: { 3: 8 } },
    source: 'zgznk.com; seabreezerfid.com',
  },
  '2H+4H': {
    sends: { 4: up(1, 3), 5: up(2, 4) },
    writes: { as: 'pair', first: 1, digits: [3, 5], joined: ',' },
    source: 'zgznk.com; seabreezerfid.com',
  },
  '4H+4H': {
    sends: { 4: up(0, 3), 5: up(1, 4) },
    writes: { as: 'pair', first: 2, digits: [5, 5], joined: ',' },
    source: 'zgznk.com',
  },
  'w26-24bit': {
    sends: { 4: up(1, 3), 7: up(4, 6) },
    writes: { as: 'decimal', digits: 0 },
    door: true,
    source: 'Wiegand-26 of the last three bytes; seabreezerfid.com',
  },
  'w26-3-5': {
    sends: { 4: up(1, 3), 7: up(4, 6) },
    writes: { as: 'pair', first: 1, digits: [0, 5], joined: '' },
    door: true,
    source: 'UHPPOTE lists Wiegand-26 as facility × 100000 + number (uhppote-core, Wiegand-26 check)',
  },
  'w26-reversed-cascade': {
    sends: { 4: down(2, 0), 7: [1, 0, 'cascade-tag'] },
    writes: { as: 'decimal', digits: 0 },
    door: true,
    source: 'devhide.com 44094706: 0443EB61E02580 is read as 4392072',
  },
  'w26-inverted-mirrored': {
    sends: { 4: up(0, 2) },
    writes: { as: 'pair', first: 1, digits: [3, 5], joined: ',' },
    invertsAndMirrors: true,
    door: true,
    source: 'answer 32516259: 6ECBD718 is read as 137,11284',
  },
  'w34-straight': {
    sends: { 4: up(0, 3) },
    writes: { as: 'decimal', digits: 0 },
    door: true,
    source: 'Wiegand-34, the four bytes as they come',
  },
  'w34-reversed': {
    sends: { 4: down(3, 0) },
    writes: { as: 'decimal', digits: 0 },
    door: true,
    source: 'stackoverflow.com 70022011: 1EA68671 is read as 7186A61E',
  },
  'w34-last4': {
    sends: { 4: up(0, 3), 7: up(3, 6) },
    writes: { as: 'decimal', digits: 0 },
    door: true,
    source: 'Wiegand-34 of the last four bytes, for readers that also know seven-byte chips',
  },
  'w34-reversed-last4': {
    sends: { 4: down(3, 0), 7: down(6, 3) },
    writes: { as: 'decimal', digits: 0 },
    door: true,
    source: 'Rosslare AY series manual: four bytes of the serial number, reversed',
  },
} as const satisfies Record<string, Shape>

export type ReaderFormat = keyof typeof shapes
export type DoorFormat = {
  [Name in ReaderFormat]: (typeof shapes)[Name] extends { door: true } ? Name : never
}[ReaderFormat]

const shapeOf = (format: ReaderFormat): Shape => shapes[format]

export const readerFormats = Object.keys(shapes) as readonly ReaderFormat[]
export const doorFormats = readerFormats.filter((name): name is DoorFormat => shapeOf(name).door === true)

/** Says whether a setting names a format that Gatehouse knows. */
export const isReaderFormat = (name: string): name is ReaderFormat => Object.hasOwn(shapes, name)

/** Says whether a setting names a format in which a door controller can get its numbers. */
export const isDoorFormat = (name: string): name is DoorFormat =>
  isReaderFormat(name) && shapeOf(name).door === true

/** Where it is written down that readers do this. */
export const sourceOf = (format: ReaderFormat): string => shapeOf(format).source

/** Says whether a format keeps every byte of a chip of this length; one that does not can narrow but never identify. */
export function isLossless(format: ReaderFormat, length: 4 | 7): boolean {
  const sends: readonly Source[] = shapeOf(format).sends[length] ?? []
  return up(0, length - 1).every(at => sends.includes(at))
}

const invertAndMirror = (byte: number): number => {
  let mirrored = 0
  for (let bit = 0; bit < 8; bit++) mirrored |= ((~byte >> bit) & 1) << (7 - bit)
  return mirrored
}

/** The bytes a reader of this format sends on for these chip bytes, or null where that is not known. */
function sentBytes(bytes: Uint8Array, format: ReaderFormat): number[] | null {
  const shape = shapeOf(format)
  const sources: readonly Source[] | undefined = shape.sends[bytes.length as 4 | 5 | 7]
  if (!sources) return null
  const sent = sources.map(source =>
    source === 'cascade-tag' ? cascadeTag : source === 'zero' ? 0 : bytes[source]!,
  )
  return shape.invertsAndMirrors ? sent.map(invertAndMirror) : sent
}

const asNumber = (bytes: readonly number[]): bigint =>
  bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n)

/**
 * What a reader of this format prints or types for a chip. Takes 4 or 7 bytes, and 5 for the old tags of the formats
 * that were made for them; null where nobody has shown what such a reader does with that length.
 */
export function encode(bytes: Uint8Array, format: ReaderFormat): string | null {
  const sent = sentBytes(bytes, format)
  const { writes } = shapeOf(format)
  if (!sent) return null
  if (writes.as === 'hex') return Uint8Array.from(sent).toHex().toUpperCase()
  if (writes.as === 'decimal') {
    const digits = writes.digits === 0 ? 0 : (writes.digits[sent.length] ?? 0)
    return asNumber(sent).toString().padStart(digits, '0')
  }
  const first = asNumber(sent.slice(0, writes.first)).toString().padStart(writes.digits[0], '0')
  return first + writes.joined + asNumber(sent.slice(writes.first)).toString().padStart(writes.digits[1], '0')
}

export type Narrowed =
  | { ok: true; knows: 'chip'; chip: ChipNumber }
  /** Hexadecimal patterns, one for each length it may have, `??` for a byte that the reader did not tell. */
  | { ok: true; knows: 'part'; patterns: readonly string[] }
  | { ok: false; refusal: 'not-this-format' | ChipRefusal; facts: { format: ReaderFormat } }

/** The bytes a text stands for when a reader sent `count` of them, or null when it cannot be that. */
function readBytes(text: string, writes: Notation, count: number): number[] | null {
  const spread = (value: bigint, bytes: number): number[] | null =>
    value >> BigInt(8 * bytes)
      ? null
      : up(0, bytes - 1).map(at => Number((value >> BigInt(8 * (bytes - 1 - at))) & 255n))
  if (writes.as === 'hex') {
    return /^[0-9A-Fa-f]+$/.test(text) && text.length === count * 2 ? [...Uint8Array.fromHex(text)] : null
  }
  if (writes.as === 'decimal') {
    const digits = writes.digits === 0 ? 0 : (writes.digits[count] ?? 0)
    // A spreadsheet or a careless export drops zeros in front; up to two of them are given back.
    const least = digits === 0 ? 1 : digits - 2
    const most = digits === 0 ? 20 : digits
    return /^[0-9]+$/.test(text) && text.length >= least && text.length <= most
      ? spread(BigInt(text), count)
      : null
  }
  const [first, second] =
    writes.joined === ',' ? text.split(',', 3) : [text.slice(0, -5) || '0', text.slice(-5)]
  if (!/^[0-9]{1,5}$/.test(first ?? '') || !/^[0-9]{1,5}$/.test(second ?? '')) return null
  if (writes.joined === ',' && text.split(',').length !== 2) return null
  const front = spread(BigInt(first!), writes.first)
  const back = spread(BigInt(second!), 2)
  return front && back && [...front, ...back]
}

/**
 * What a text from a reader of this format tells about the chip: all its bytes, or only some of them. A format that
 * loses bytes, or one in which a 4-byte and a 7-byte chip can look alike, narrows and never identifies.
 * Refuses another format's text, and bytes that no chip has (`cut-seven-byte`: this reader's setting loses bytes).
 */
export function narrow(text: string, format: ReaderFormat): Narrowed {
  const shape = shapeOf(format)
  const patterns: string[] = []
  let refusal: 'not-this-format' | ChipRefusal = 'not-this-format'
  for (const length of [4, 7] as const) {
    const sources = shape.sends[length]
    const read = sources && readBytes(text.trim(), shape.writes, sources.length)
    if (!sources || !read) continue
    const sent = shape.invertsAndMirrors ? read.map(invertAndMirror) : read
    const known = new Map<Source, number>(sources.map((source, at) => [source, sent[at]!]))
    if ((known.get('cascade-tag') ?? cascadeTag) !== cascadeTag || (known.get('zero') ?? 0) !== 0) continue
    const bytes = up(0, length - 1).map(at => known.get(at) ?? null)
    const whole = bytes.every(byte => byte !== null) ? checkChipNumber(Uint8Array.from(bytes)) : null
    if (whole?.ok === false) {
      refusal = whole.refusal
      continue
    }
    patterns.push(bytes.map(byte => byte?.toString(16).toUpperCase().padStart(2, '0') ?? '??').join(''))
  }
  const only = patterns[0]
  if (only === undefined) return { ok: false, refusal, facts: { format } }
  if (patterns.length > 1 || only.includes('?')) return { ok: true, knows: 'part', patterns }
  return { ok: true, knows: 'chip', chip: Uint8Array.fromHex(only) }
}

/** Says whether a chip number fits a pattern that `narrow` gave. */
export function fitsPattern(chip: ChipNumber, pattern: string): boolean {
  const hex = printChipNumber(chip)
  return (
    hex.length === pattern.length && Array.from(pattern).every((mark, at) => mark === '?' || mark === hex[at])
  )
}

/** Every format in which this chip would give this text: how one tap finds the setting of an unknown reader. */
export const formatsThatGive = (chip: ChipNumber, text: string): ReaderFormat[] =>
  readerFormats.filter(
    format => encode(chip, format)?.replace(/^0+/, '') === text.trim().toUpperCase().replace(/^0+/, ''),
  )

export type DoorNumberRefusal = 'length-unknown-to-readers' | 'number-reserved'

/** Numbers that a UHPPOTE controller keeps for itself: no card, an empty slot, and 24 ones. */
const reserved: readonly bigint[] = [0n, 0xffffffffn, 0x00ffffffn]

/**
 * The number under which a controller whose readers send this format knows a chip: 32 bits, unsigned.
 * Refuses a chip length that such readers are not known to send, and the numbers 0, 0xFFFFFFFF and 0x00FFFFFF, which
 * UHPPOTE controllers keep for themselves. Every format sends at most four bytes, so that the number always fits.
 */
export function doorNumber(
  chip: ChipNumber,
  format: DoorFormat,
): Decision<{ number: bigint }, DoorNumberRefusal> {
  const sent = sentBytes(chip, format)
  if (!sent) return no('length-unknown-to-readers', { bytes: chip.length, format })
  const { writes } = shapeOf(format)
  const number =
    writes.as === 'pair'
      ? asNumber(sent.slice(0, writes.first)) * 100_000n + asNumber(sent.slice(writes.first))
      : asNumber(sent)
  if (reserved.includes(number)) return no('number-reserved', { number: number.toString() })
  return yes({ number })
}
