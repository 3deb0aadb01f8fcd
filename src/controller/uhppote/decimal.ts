/** Dates and times as the controllers write them: one byte for two decimal digits (BCD). */

const toByte = (twoDigits: number): number => Math.floor(twoDigits / 10) * 16 + (twoDigits % 10)

const fromByte = (byte: number): number => {
  const tens = byte >> 4
  const ones = byte & 0x0f
  return tens > 9 || ones > 9 ? Number.NaN : tens * 10 + ones
}

const pair = (datagram: Buffer, at: number): number => fromByte(datagram.readUInt8(at))

/** Writes a day as YYYYMMDD into 4 bytes. Years 1 to 9999; others are a RangeError. */
export function writeDate(datagram: Buffer, at: number, date: Temporal.PlainDate): void {
  if (date.year < 1 || date.year > 9999) throw new RangeError(`year ${date.year} does not fit YYYYMMDD`)
  datagram[at] = toByte(Math.floor(date.year / 100))
  datagram[at + 1] = toByte(date.year % 100)
  datagram[at + 2] = toByte(date.month)
  datagram[at + 3] = toByte(date.day)
}

/** Days that were read: a controller's cards share a few of them, and making one takes longer than all else of a card. */
const daysRead = new Map<number, Temporal.PlainDate | null>()
const mostDaysKept = 2_000

/** Reads YYYYMMDD from 4 bytes; null where that is no day (zeros, digits above 9, 30 February). */
export function readDate(datagram: Buffer, at: number): Temporal.PlainDate | null {
  const bytes = datagram.readUInt32BE(at)
  let day = daysRead.get(bytes)
  if (day === undefined) {
    if (daysRead.size >= mostDaysKept) daysRead.clear()
    day = dayIn(datagram, at)
    daysRead.set(bytes, day)
  }
  return day
}

function dayIn(datagram: Buffer, at: number): Temporal.PlainDate | null {
  const year = pair(datagram, at) * 100 + pair(datagram, at + 1)
  return dateOrNull(year, pair(datagram, at + 2), pair(datagram, at + 3))
}

/** Writes a wall time as YYYYMMDDHHMMSS into 7 bytes; what is finer than a second is cut off. */
export function writeDateTime(datagram: Buffer, at: number, moment: Temporal.PlainDateTime): void {
  writeDate(datagram, at, moment.toPlainDate())
  datagram[at + 4] = toByte(moment.hour)
  datagram[at + 5] = toByte(moment.minute)
  datagram[at + 6] = toByte(moment.second)
}

/** Reads YYYYMMDDHHMMSS from 7 bytes; null where that is no moment. */
export function readDateTime(datagram: Buffer, at: number): Temporal.PlainDateTime | null {
  return momentOrNull(readDate(datagram, at), datagram, at + 4)
}

/** Reads a date of YYMMDD (3 bytes, this century) and a time of HHMMSS (3 bytes), as a status has them. */
export function readStatusTime(
  datagram: Buffer,
  dateAt: number,
  timeAt: number,
): Temporal.PlainDateTime | null {
  const date = dateOrNull(
    2000 + pair(datagram, dateAt),
    pair(datagram, dateAt + 1),
    pair(datagram, dateAt + 2),
  )
  return momentOrNull(date, datagram, timeAt)
}

function dateOrNull(year: number, month: number, day: number): Temporal.PlainDate | null {
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return null
  const date = Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' })
  return date.day === day ? date : null
}

function momentOrNull(
  date: Temporal.PlainDate | null,
  datagram: Buffer,
  at: number,
): Temporal.PlainDateTime | null {
  const hour = pair(datagram, at)
  const minute = pair(datagram, at + 1)
  const second = pair(datagram, at + 2)
  if (!date || !(hour <= 23 && minute <= 59 && second <= 59)) return null
  return date.toPlainDateTime({ hour, minute, second })
}
