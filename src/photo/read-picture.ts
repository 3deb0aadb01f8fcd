import { createHash } from 'node:crypto'
import { type Decision, no, yes } from '../lib/decision.ts'
import { keptWithin, largestPictureBytes, type Measured, mostPixels, type PictureRefusal } from './rules.ts'

/** A picture as it is kept: a JPEG made here, upright, with nothing hidden in it. */
export interface Picture {
  jpeg: Buffer
  measured: Measured
  /** Its size as it is kept. */
  kept: { width: number; height: number }
  /** Of the file as it came: the same file is known again. */
  fileHash: Buffer
}

/** How the three formats begin that cameras and offices use. Everything else is refused unread, drawings (SVG) first of all. */
const beginnings = [
  { format: 'jpeg', at: 0, bytes: 'ffd8ff' },
  { format: 'png', at: 0, bytes: '89504e470d0a1a0a' },
  { format: 'webp', at: 8, bytes: '57454250' },
] as const

const formatOf = (file: Buffer): string | null =>
  beginnings.find(({ at, bytes }) => file.subarray(at, at + bytes.length / 2).toString('hex') === bytes)
    ?.format ?? null

/** Pictures that are unpacked at the same time; the others wait, so that fifty at once take no more memory than two. */
const atOnce = 2
let underWay = 0
const waiting: (() => void)[] = []
/** So many wait at most; who comes later tries again, and nobody's memory fills up. */
const mostWaiting = 30

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (underWay >= atOnce) await new Promise<void>(resolve => waiting.push(resolve))
  else underWay += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else underWay -= 1
  }
}

async function unpack(file: Buffer): Promise<Decision<Omit<Picture, 'fileHash'>, PictureRefusal>> {
  // The library is large and most processes never see a picture.
  const { default: sharp } = await import('sharp')
  const read = { limitInputPixels: mostPixels, failOn: 'error', pages: 1 } as const
  const found = await sharp(file, read).metadata()
  const pixels = found.width * found.height
  if (pixels > mostPixels) return no('picture-too-many-pixels', { pixels, most: mostPixels })
  const upright = sharp(file, read).rotate().timeout({ seconds: 10 })
  const { data, info } = await upright
    .resize({ ...keptWithin, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: 85 })
    .toBuffer({ resolveWithObject: true })
  const { channels, sharpness } = await sharp(data).greyscale().stats()
  const turned = (found.orientation ?? 1) >= 5
  return yes({
    jpeg: data,
    kept: { width: info.width, height: info.height },
    measured: {
      width: turned ? found.height : found.width,
      height: turned ? found.width : found.height,
      brightness: channels[0]?.mean ?? 0,
      contrast: channels[0]?.stdev ?? 0,
      sharpness,
    },
  })
}

/** A file as it came. */
type Upload = { file: Buffer; cut: boolean } | null

/** What a file is before anything is unpacked of it: refuses none, too much, and what does not begin like a picture. */
export function pictureFile(upload: Upload): Decision<{ fileHash: Buffer }, PictureRefusal> {
  if (upload === null || upload.file.length === 0) return no('file-missing')
  const { file, cut } = upload
  if (cut) return no('file-too-large', { most: largestPictureBytes })
  if (formatOf(file) === null) return no('picture-format')
  if (waiting.length >= mostWaiting) return no('too-many-pictures')
  return yes({ fileHash: createHash('sha256').update(file).digest() })
}

/**
 * Reads a file as a photo: JPEG, PNG or WebP by how it begins, whatever it is called. It is unpacked within limits, turned
 * upright, made smaller, and packed anew, so that nothing that was hidden in it is kept. Refuses what is no such picture, too
 * large to be unpacked, or damaged.
 */
export async function readPicture(upload: Upload): Promise<Decision<{ picture: Picture }, PictureRefusal>> {
  const looked = pictureFile(upload)
  if (!looked.ok) return looked
  const read = await inTurn(() => unpack(upload!.file)).catch((error: unknown) => {
    const tooMany = error instanceof Error && /pixel limit/i.test(error.message)
    return tooMany ? no('picture-too-many-pixels', { most: mostPixels }) : no('picture-damaged')
  })
  if (!read.ok) return read
  const { jpeg, measured, kept } = read
  return yes({ picture: { jpeg, measured, kept, fileHash: looked.fileHash } })
}
