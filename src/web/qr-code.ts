/** A square of dark (true) and light modules, row by row, without the quiet zone around it. */
export type QrModules = boolean[][]

/** Of each version (size) at error correction M: data bytes and check bytes a block, by ISO/IEC 18004, table 9. */
const versions: readonly { blocks: readonly number[]; check: number; align: readonly number[] }[] = [
  { blocks: [16], check: 10, align: [] },
  { blocks: [28], check: 16, align: [6, 18] },
  { blocks: [44], check: 26, align: [6, 22] },
  { blocks: [32, 32], check: 18, align: [6, 26] },
  { blocks: [43, 43], check: 24, align: [6, 30] },
  { blocks: [27, 27, 27, 27], check: 16, align: [6, 34] },
]

const exp = new Uint8Array(512)
const log = new Uint8Array(256)
for (let power = 0, value = 1; power < 255; power += 1) {
  exp[power] = value
  exp[power + 255] = value
  log[value] = power
  value = value & 0x80 ? (value << 1) ^ 0x11d : value << 1
}
const times = (a: number, b: number): number => (a && b ? exp[log[a]! + log[b]!]! : 0)

/** Reed-Solomon check bytes of one block. */
function checkBytes(data: readonly number[], count: number): number[] {
  let divisor = [1]
  for (let root = 0; root < count; root += 1)
    divisor = [...divisor, 0].map((value, at) => value ^ times(divisor[at - 1] ?? 0, exp[root]!))
  const rest = Array.from<number>({ length: count }).fill(0)
  for (const byte of data) {
    const factor = byte ^ rest.shift()!
    rest.push(0)
    for (let at = 0; at < count; at += 1) rest[at]! ^= times(divisor[at + 1]!, factor)
  }
  return rest
}

/** The bits of the whole message, data and check bytes interleaved over the blocks. */
function messageBits(bytes: Uint8Array, version: (typeof versions)[number]): number[] {
  const capacity = version.blocks.reduce((sum, size) => sum + size, 0)
  const bits: number[] = []
  const push = (value: number, length: number) => {
    for (let at = length - 1; at >= 0; at -= 1) bits.push((value >> at) & 1)
  }
  push(0b0100, 4)
  push(bytes.length, 8)
  for (const byte of bytes) push(byte, 8)
  push(0, Math.min(4, capacity * 8 - bits.length))
  push(0, (8 - (bits.length % 8)) % 8)
  for (let pad = 0xec; bits.length < capacity * 8; pad ^= 0xec ^ 0x11) push(pad, 8)

  const data = Array.from({ length: capacity }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((byte, bit) => (byte << 1) | bit, 0),
  )
  // At this error correction the blocks of each version up to 6 are equally long.
  const blocks = version.blocks.map((size, at) => data.slice(at * size, (at + 1) * size))
  const checks = blocks.map(block => checkBytes(block, version.check))
  const longest = Math.max(...version.blocks)
  const inTurn = (some: readonly number[][], length: number) =>
    Array.from({ length }, (_, at) => some.flatMap(block => block[at] ?? [])).flat()
  bits.length = 0
  for (const byte of [...inTurn(blocks, longest), ...inTurn(checks, version.check)]) push(byte, 8)
  return bits
}

const masks: readonly ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  r => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
]

/** Places what every code has: finders, timing, alignment; and marks the cells that no data may use. */
function frame(size: number, align: readonly number[]) {
  const dark: QrModules = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  const used: QrModules = dark.map(row => row.map(() => false))
  const set = (row: number, column: number, value: boolean) => {
    if (row < 0 || column < 0 || row >= size || column >= size) return
    dark[row]![column] = value
    used[row]![column] = true
  }
  for (let at = 0; at < size; at += 1) {
    set(6, at, at % 2 === 0)
    set(at, 6, at % 2 === 0)
  }
  const ring = (row: number, column: number, reach: number, light: readonly number[]) => {
    for (let dr = -reach; dr <= reach; dr += 1)
      for (let dc = -reach; dc <= reach; dc += 1)
        set(row + dr, column + dc, !light.includes(Math.max(Math.abs(dr), Math.abs(dc))))
  }
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    ring(row, column, 4, [2, 4])
  const last = align.at(-1)
  for (const row of align)
    for (const column of align)
      if (!(row === 6 && (column === 6 || column === last)) && !(column === 6 && row === last))
        ring(row, column, 2, [1])
  // Room for the format bits, which are known last.
  for (let at = 0; at < 9; at += 1) for (const [r, c] of formatCells(size, at)) used[r]![c] = true
  return { dark, used, set }
}

/** Cells beside the finders where format information stands, around both copies. */
function formatCells(size: number, at: number): [number, number][] {
  const cells: [number, number][] = [
    [8, at],
    [at, 8],
  ]
  if (at < 8) cells.push([8, size - 1 - at], [size - 1 - at, 8])
  return cells
}

function drawFormat(size: number, mask: number, set: (r: number, c: number, value: boolean) => void): void {
  let rest = mask
  for (let at = 0; at < 10; at += 1) rest = (rest << 1) ^ ((rest >> 9) * 0x537)
  // Error correction M is 00 in the format, so that the mask's number is the whole of it.
  const bits = ((mask << 10) | rest) ^ 0x5412
  const bit = (at: number) => ((bits >> at) & 1) === 1
  for (let at = 0; at <= 5; at += 1) set(at, 8, bit(at))
  set(7, 8, bit(6))
  set(8, 8, bit(7))
  set(8, 7, bit(8))
  for (let at = 9; at < 15; at += 1) set(8, 14 - at, bit(at))
  for (let at = 0; at < 8; at += 1) set(8, size - 1 - at, bit(at))
  for (let at = 8; at < 15; at += 1) set(size - 15 + at, 8, bit(at))
  set(size - 8, 8, true)
}

/** How hard a code is to read, by the four rules of ISO/IEC 18004, 7.8.3; the mask with the least is taken. */
function penalty(dark: QrModules): number {
  const size = dark.length
  let sum = 0
  const lines = [...dark, ...dark.map((_, at) => dark.map(row => row[at]!))]
  for (const line of lines) {
    for (const [run] of line
      .map(cell => (cell ? '1' : '0'))
      .join('')
      .matchAll(/0{5,}|1{5,}/g))
      sum += run.length - 2
    const text = line.map(cell => (cell ? '1' : '0')).join('')
    for (const like of ['10111010000', '00001011101'])
      for (let at = text.indexOf(like); at !== -1; at = text.indexOf(like, at + 1)) sum += 40
  }
  for (let r = 0; r + 1 < size; r += 1)
    for (let c = 0; c + 1 < size; c += 1) {
      const cell = dark[r]![c]
      if (cell === dark[r]![c + 1] && cell === dark[r + 1]![c] && cell === dark[r + 1]![c + 1]) sum += 3
    }
  const share = dark.flat().filter(Boolean).length / (size * size)
  return sum + 10 * Math.floor(Math.abs(share * 20 - 10))
}

/**
 * A short text as a QR code (ISO/IEC 18004), bytes mode, error correction M: for a reader at a desk, on a phone's
 * screen. At most 106 bytes of UTF-8; a longer text is a fault of the caller.
 */
export function qrCode(text: string): QrModules {
  const bytes = new TextEncoder().encode(text)
  const index = versions.findIndex(
    ({ blocks }) => blocks.reduce((sum, size) => sum + size, 0) >= bytes.length + 2,
  )
  const version = versions[index]
  if (!version) throw new RangeError(`${bytes.length} bytes are too many for this code`)
  const size = 21 + 4 * index
  const bits = messageBits(bytes, version)
  const drawn = masks.map((mask, number) => {
    const { dark, used, set } = frame(size, version.align)
    let next = 0
    for (let right = size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5
      for (let step = 0; step < size; step += 1) {
        const row = ((right + 1) & 2) === 0 ? size - 1 - step : step
        for (const column of [right, right - 1]) {
          if (used[row]![column]) continue
          dark[row]![column] = (bits[next] === 1) !== mask(row, column)
          next += 1
        }
      }
    }
    drawFormat(size, number, set)
    return dark
  })
  return drawn.reduce((best, code) => (penalty(code) < penalty(best) ? code : best))
}

/** The dark modules as one SVG path, a unit each, with the quiet zone of four units around it. */
export function qrPath(modules: QrModules): string {
  return modules
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : '')))
    .filter(Boolean)
    .join('')
}
