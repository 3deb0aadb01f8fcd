import { createHash } from 'node:crypto'
import type Sharp from 'sharp'
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
/** So many are taken on at once, unpacked or waiting for it; who comes later tries again, and nobody's memory fills up. */
const mostTakenOn = 32
let takenOn = 0

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

async function unpack(
  sharp: typeof Sharp,
  file: Buffer,
): Promise<Decision<{ unpacked: Omit<Picture, 'fileHash'> }, PictureRefusal>> {
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
  const measured = {
    width: turned ? found.height : found.width,
    height: turned ? found.width : found.height,
    brightness: channels[0]?.mean ?? 0,
    contrast: channels[0]?.stdev ?? 0,
    sharpness,
  }
  return yes({ unpacked: { jpeg: data, kept: { width: info.width, height: info.height }, measured } })
}

/** A file as it came; `cut` where it was longer than what is read. */
export type Upload = { file: Buffer; cut: boolean } | null

/** A file that begins like a picture and has a place among those that are read: nothing of it is unpacked yet. */
export interface TakenOn {
  /** Of the file as it came. */
  fileHash: Buffer
  /** Reads it when its turn comes, and is not refused for others that come meanwhile. */
  read: () => Promise<Decision<{ picture: Picture }, PictureRefusal>>
}

async function readNow(
  file: Buffer,
  fileHash: Buffer,
): Promise<Decision<{ picture: Picture }, PictureRefusal>> {
  // The library is large and most processes never see a picture. One that cannot be loaded is no fault of the picture's.
  const { default: sharp } = await import('sharp')
  const read = await inTurn(() => unpack(sharp, file)).catch((error: unknown) => {
    const tooMany = error instanceof Error && /pixel limit/i.test(error.message)
    return tooMany ? no('picture-too-many-pixels', { most: mostPixels }) : no('picture-damaged')
  })
  return read.ok ? yes({ picture: { ...read.unpacked, fileHash } }) : read
}

/**
 * Takes a file on as a photo, and keeps a place for it while `then` says whether it is read, reads it and does with it what
 * it likes. Refuses, before anything is unpacked: no file; one too large; what does not begin like a picture; too many at once.
 */
export async function takeOn<Done extends object, Reason extends string>(
  upload: Upload,
  then: (taken: TakenOn) => Promise<Decision<Done, Reason>>,
): Promise<Decision<Done, Reason | PictureRefusal>> {
  if (upload === null || upload.file.length === 0) return no('file-missing')
  const { file, cut } = upload
  if (cut) return no('file-too-large', { most: largestPictureBytes })
  if (formatOf(file) === null) return no('picture-format')
  if (takenOn >= mostTakenOn) return no('too-many-pictures')
  takenOn += 1
  try {
    const fileHash = createHash('sha256').update(file).digest()
    return await then({ fileHash, read: () => readNow(file, fileHash) })
  } finally {
    takenOn -= 1
  }
}

/**
 * Reads a file as a photo: JPEG, PNG or WebP by how it begins, whatever it is called. It is unpacked within limits, turned
 * upright, made smaller, and packed anew, so that nothing that was hidden in it is kept. Refuses what is no such picture, too
 * large to be unpacked, or damaged.
 */
export const readPicture = (upload: Upload): Promise<Decision<{ picture: Picture }, PictureRefusal>> =>
  takeOn(upload, ({ read }) => read())
