/**
 * Golden datagrams, written by hand from the protocol's table, byte for byte. Neither the driver's codec nor
 * the emulator's has made them; both are held to them, so that they cannot share a misreading.
 *
 * Serial number 423187757 is 0x1939552D, on the wire 2D 55 39 19. Card 3282308881 is 0xC3A40F11, on the wire
 * 11 0F A4 C3. The sequence id of every request is 0xA1B2C3D4, on the wire D4 C3 B2 A1.
 */
const bytes = (...fields: string[]): Buffer => Buffer.from(fields.join('').replaceAll(' ', ''), 'hex')

/** So many bytes of nothing. */
const zero = (count: number): string => '00'.repeat(count)

/** Bytes 40 to 63 of a request: its sequence id, then nothing. */
const tail = `D4C3B2A1${zero(20)}`

export const serial = 423_187_757
export const sequence = 0xa1b2c3d4
export const card = {
  number: 3_282_308_881n,
  from: Temporal.PlainDate.from('2023-11-20'),
  to: Temporal.PlainDate.from('2024-02-29'),
  doors: [1, 0, 29, 254] as const,
  pin: 999_999,
}
/** A moment whose every part differs, and whose digits show a byte that was not BCD. */
export const moment = Temporal.PlainDateTime.from('2024-03-01T15:09:58')

export const putRequest = bytes(
  '17', //          0 start
  '50', //          1 put card
  '0000', //        2 nothing
  '2D553919', //    4 serial number
  '110FA4C3', //    8 card
  '20231120', //   12 from
  '20240229', //   16 to, a leap day
  '01', //         20 door 1: always
  '00', //         21 door 2: never
  '1D', //         22 door 3: time profile 29
  'FE', //         23 door 4: time profile 254
  '3F420F', //     24 PIN 999999 = 0x0F423F
  zero(13), //     27 nothing (first-card bits at 27)
  tail, //         40 sequence id
)
export const changeDone = (code: string) =>
  bytes(
    '17', //        0 start
    code, //        1 as asked
    '0000',
    '2D553919', //  4 serial number
    '01', //        8 done; the card is not named
    zero(31),
    tail, //       40 sequence id, echoed
  )
export const changeRefused = (code: string) => bytes('17', code, '0000', '2D553919', '00', zero(31), tail)

export const removeRequest = bytes('17', '52', '0000', '2D553919', '110FA4C3' /* 8 card */, zero(28), tail)
export const removeAllRequest = bytes('17', '54', '0000', '2D553919', '55AAAA55' /* 8 seal */, zero(28), tail)

export const countRequest = bytes('17', '58', '0000', '2D553919', zero(32), tail)
export const countReply = bytes('17', '58', '0000', '2D553919', '0A4E0000' /* 8: 0x4E0A */, zero(28), tail)
export const counted = 19_978

export const getRequest = bytes('17', '5A', '0000', '2D553919', '110FA4C3' /* 8 card */, zero(28), tail)
export const getAtRequest = bytes(
  '17',
  '5C',
  '0000',
  '2D553919',
  '07010000' /* 8 place 263 */,
  zero(28),
  tail,
)
export const slot = 263
export const cardReply = (code: string) =>
  bytes(
    '17', //        0 start
    code, //        1 as asked
    '0000',
    '2D553919', //  4 serial number
    '110FA4C3', //  8 card
    '20231120', // 12 from
    '20240229', // 16 to
    '01001DFE', // 20 doors 1 to 4
    '3F420F', //   24 PIN
    zero(13),
    tail, //       40 sequence id, echoed
  )
export const noCardReply = (code: string) => bytes('17', code, '0000', '2D553919', '00000000', zero(28), tail)
export const deletedReply = bytes('17', '5C', '0000', '2D553919', 'FFFFFFFF' /* deleted */, zero(28), tail)

export const setTimeRequest = bytes(
  '17',
  '30', //          1 set time; its reply is the same
  '0000',
  '2D553919',
  '20240301150958', // 8 YYYYMMDDHHMMSS
  zero(25),
  tail,
)
export const getTimeRequest = bytes('17', '32', '0000', '2D553919', zero(32), tail)
export const getTimeReply = bytes('17', '32', '0000', '2D553919', '20240301150958' /* 8 */, zero(25), tail)

export const event = {
  index: 70_000, // 0x00011170
  type: 1,
  granted: false,
  door: 3,
  direction: 1,
  card: 3_282_308_881n,
  at: Temporal.PlainDateTime.from('2024-03-01T15:09:57'),
  reason: 15,
}
const eventBytes = [
  '70110100', //       8 index
  '01', //            12 type: a swipe
  '00', //            13 not let in
  '03', //            14 door
  '01', //            15 direction: in
  '110FA4C3', //      16 card
  '20240301150957', // 20 when
  '0F', //            27 reason 15: outside its dates
]
export const statusRequest = bytes('17', '20', '0000', '2D553919', zero(32), tail)
export const statusReply = bytes(
  '17',
  '20',
  '0000',
  '2D553919',
  ...eventBytes,
  '00000000', //      28 doors 1 to 4: closed
  '00000000', //      32 buttons
  '00', //            36 error
  '150958', //        37 time HHMMSS
  'D4C3B2A1', //      40 sequence id, echoed
  zero(7), //         44 ... relays at 49, inputs at 50
  '240301', //        51 date YYMMDD
  zero(10),
)
/** An event that firmware 6.62 sends unasked: another first byte, no sequence id, door 3 open. */
export const unaskedEvent = bytes(
  '19', //             0 start
  '20',
  '0000',
  '2D553919',
  ...eventBytes,
  '00000100', //      28 doors: the third is open
  '00000000',
  '00',
  '150958', //        37 time
  '00000000', //      40 no sequence id
  zero(7),
  '240301', //        51 date
  zero(10),
)
export const getEventRequest = bytes('17', 'B0', '0000', '2D553919', '70110100' /* 8 index */, zero(28), tail)
export const getEventReply = bytes('17', 'B0', '0000', '2D553919', ...eventBytes, zero(12), tail)
export const setEventIndexRequest = bytes(
  '17',
  'B2',
  '0000',
  '2D553919',
  '70110100', //  8 index
  '55AAAA55', // 12 seal
  zero(24),
  tail,
)
export const getEventIndexRequest = bytes('17', 'B4', '0000', '2D553919', zero(32), tail)
export const getEventIndexReply = bytes('17', 'B4', '0000', '2D553919', '70110100' /* 8 */, zero(28), tail)

export const deviceRequest = bytes('17', '94', '0000', '2D553919', zero(32), tail)
export const deviceReply = bytes(
  '17',
  '94',
  '0000',
  '2D553919',
  '7F3C0001', //      8 address 127.60.0.1
  zero(8), //        12 mask, 16 gateway
  '00661939552D', // 20 MAC
  '0892', //         26 firmware 8.92
  '20210101', //     28 built on
  zero(8),
  tail,
)
