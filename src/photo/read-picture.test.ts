import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { readPicture, takeOn } from './read-picture.ts'

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#8899aa' } })
const read = (file: Buffer) => readPicture({ file, cut: false })

const crc = (bytes: Buffer): number => {
  let value = ~0
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
  }
  return ~value >>> 0
}
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  body.copy(whole, 4)
  whole.writeUInt32BE(crc(body), body.length + 4)
  return whole
}
/** A PNG of a form that no picture program would make. */
function png(width: number, height: number, pixels: Buffer, ...more: Buffer[]): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    ...more,
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe('a picture is read', () => {
  it('a JPEG is turned upright, made smaller, and packed anew without what was hidden in it', async () => {
    const file = await plain(1200, 900)
      .withExif({ IFD0: { Artist: 'Hidden Person' }, IFD3: { GPSLatitude: '25/1 1/1 30/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    const found = await read(file)
    expect(found).toMatchObject({
      ok: true,
      picture: { measured: { width: 900, height: 1200 }, kept: { width: 600, height: 800 } },
    })
    if (!found.ok) return
    const kept = await sharp(found.picture.jpeg).metadata()
    expect(kept).toMatchObject({ format: 'jpeg', width: 600, height: 800 })
    expect(kept.exif).toBeUndefined()
    expect(found.picture.jpeg.includes('Hidden Person')).toBe(false)
  })

  it.each(['png', 'webp'] as const)('also %s, with what shows through painted white', async format => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 }
    const made = sharp({ create: { width: 400, height: 500, channels: 4, background: clear } })
    const file = await made.toFormat(format).toBuffer()
    const found = await read(file)
    expect(found).toMatchObject({
      ok: true,
      picture: { measured: { width: 400, height: 500, brightness: 255 } },
    })
  })
})

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="500"><script>alert(1)</script></svg>'

/** What is no photo, or would break a server that unpacks it: each with its verdict. */
describe('a hostile picture', () => {
  it.each([
    ['nothing', async () => Buffer.alloc(0), 'file-missing'],
    ['a drawing with a script', async () => Buffer.from(svg), 'picture-format'],
    [
      'a drawing behind white space',
      async () => Buffer.from(`\n\n  <?xml version="1.0"?>${svg}`),
      'picture-format',
    ],
    ['a GIF', async () => plain(400, 500).gif().toBuffer(), 'picture-format'],
    ['a TIFF', async () => plain(400, 500).tiff().toBuffer(), 'picture-format'],
    ['a PDF', async () => Buffer.from('%PDF-1.7 …'), 'picture-format'],
    [
      'a page called a photo',
      async () => Buffer.from('<!doctype html><script>alert(1)</script>'),
      'picture-format',
    ],
    [
      'only the beginning of a JPEG',
      async () => Buffer.from('ffd8ffe000104a464946', 'hex'),
      'picture-damaged',
    ],
    [
      'a JPEG cut off in the middle',
      async () => (await plain(400, 500).jpeg().toBuffer()).subarray(0, 700),
      'picture-damaged',
    ],
    [
      'a PNG of 16,000 times 16,000 points in 40 KB',
      async () => png(16_000, 16_000, Buffer.alloc(1_000)),
      'picture-too-many-pixels',
    ],
    [
      'a PNG of 2 thousand million points',
      async () => png(65_535, 32_767, Buffer.alloc(10)),
      'picture-too-many-pixels',
    ],
    [
      'a PNG that says it is larger than it is',
      async () => png(4_000, 4_000, Buffer.alloc(100)),
      'picture-damaged',
    ],
    [
      'a PNG with 300 MB of text in it',
      async () =>
        png(
          400,
          500,
          Buffer.alloc(401 * 500, 1),
          chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(Buffer.alloc(300_000_000))])),
        ),
      'taken',
    ],
    [
      'a PNG with a page behind its end',
      async () =>
        Buffer.concat([await plain(400, 500).png().toBuffer(), Buffer.from('<script>alert(1)</script>')]),
      'taken',
    ],
  ] as const)('%s: %s', async (name, make, verdict) => {
    const before = process.memoryUsage().rss
    const found = await read(await make())
    expect(found.ok ? 'taken' : found.refusal, name).toBe(verdict)
    if (found.ok) expect(found.picture.jpeg.includes('<script>')).toBe(false)
    expect(process.memoryUsage().rss - before).toBeLessThan(1_000_000_000)
  })

  it('twenty at once take their turns', async () => {
    const file = await plain(4_000, 5_000).png().toBuffer()
    const before = process.memoryUsage().rss
    const all = await Promise.all(Array.from({ length: 20 }, () => read(file)))
    expect(all.every(each => each.ok)).toBe(true)
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000)
  })

  it('who has a place is read, and who comes when all are taken is refused', async () => {
    const file = await plain(400, 500).png().toBuffer()
    let begin = () => {}
    const begun = new Promise<void>(resolve => {
      begin = resolve
    })
    const held = Array.from({ length: 32 }, () =>
      takeOn({ file, cut: false }, async ({ read: readIt }) => {
        await begun
        return readIt()
      }),
    )
    expect(await read(file)).toMatchObject({ refusal: 'too-many-pictures' })
    begin()
    expect((await Promise.all(held)).every(each => each.ok)).toBe(true)
    expect(await read(file)).toMatchObject({ ok: true })
  })

  it('one that was longer than what is read', async () => {
    expect(await readPicture({ file: Buffer.alloc(10), cut: true })).toMatchObject({
      refusal: 'file-too-large',
    })
    expect(await readPicture(null)).toMatchObject({ refusal: 'file-missing' })
  })
})
