import { type Decision, no, yes } from '../lib/decision.ts'
import type { PhotoRules } from '../programme/shape-cards.ts'

/** Longest picture that is read, in bytes; a phone's is some four million. */
export const largestPictureBytes = 8 * 1024 * 1024
/** Most points that are unpacked: what is packed small may become very large. */
export const mostPixels = 50_000_000
/** How large a photo is kept at most, in pixels: enough for a desk's screen and for a card's print. */
export const keptWithin = { width: 600, height: 800 } as const
/** How many photos a holder sends within a day. */
export const photosADay = 5
/** How many pictures of a holder are unpacked within a day, those that are refused then, too. */
export const triesADay = 20

/** Why a file is not read as a photo at all. */
export type PictureRefusal =
  | 'file-missing'
  | 'file-too-large'
  | 'picture-format'
  | 'picture-too-many-pixels'
  | 'picture-damaged'
  | 'too-many-pictures'

/** What was measured of a picture, upright. */
export interface Measured {
  width: number
  height: number
  /** Mean of the picture's brightness: 0 is black, 255 white. */
  brightness: number
  /** How far its points lie from that mean. */
  contrast: number
  /** How many edges it has; a face out of focus has few. */
  sharpness: number
}

/** What somebody of the office looks at before a photo counts. */
export const photoWarnings = ['dark', 'bright', 'flat', 'blurred'] as const
export type PhotoWarning = (typeof photoWarnings)[number]

/** From where on a picture is said to be too dark, too bright, flat or blurred; they only ask for a second look. */
const limits = { dark: 60, bright: 225, flat: 18, blurred: 0.6 } as const

/** What a machine finds odd about a picture; it never refuses one for it. */
export const warningsOf = ({ brightness, contrast, sharpness }: Measured): PhotoWarning[] => [
  ...(brightness < limits.dark ? (['dark'] as const) : []),
  ...(brightness > limits.bright ? (['bright'] as const) : []),
  ...(contrast < limits.flat ? (['flat'] as const) : []),
  ...(sharpness < limits.blurred ? (['blurred'] as const) : []),
]

/** Who sends a photo, as far as taking it in asks. */
export interface Sender {
  by: 'office' | 'holder'
  /** How many this holder has sent within a day. */
  sentLately: number
  /** The student number of somebody else who has the very same picture, or null. */
  sameAs: string | null
}

/** Why a holder's picture is not even unpacked. */
export type SendingRefusal = 'photos-not-kept' | 'holders-may-not-send' | 'sent-too-often' | 'tried-too-often'

export type PhotoRefusal = SendingRefusal | 'picture-too-small' | 'picture-shape' | 'photo-of-another'

/**
 * Whether a holder may send a picture, asked before it is unpacked, which takes the time and memory of everybody. Refuses,
 * in this order: the programme keeps none; holders send none; this one has sent many today; or tried often.
 */
export function maySend(
  rules: PhotoRules | undefined,
  { sentLately, triedLately }: { sentLately: number; triedLately: number },
): Decision<object, SendingRefusal> {
  if (rules === undefined) return no('photos-not-kept')
  if (!rules.holdersSend) return no('holders-may-not-send')
  if (sentLately >= photosADay) return no('sent-too-often', { most: photosADay })
  return triedLately >= triesADay ? no('tried-too-often', { most: triesADay }) : yes({})
}

/**
 * Whether a picture is taken in as somebody's photo. Refuses, in this order: the programme keeps none; holders send none;
 * this one has sent many today; fewer pixels than asked for; other proportions; the same picture is somebody else's.
 */
export function mayTakePhoto(
  rules: PhotoRules | undefined,
  { width, height }: Pick<Measured, 'width' | 'height'>,
  { by, sentLately, sameAs }: Sender,
): Decision<object, PhotoRefusal> {
  if (rules === undefined) return no('photos-not-kept')
  if (by === 'holder' && !rules.holdersSend) return no('holders-may-not-send')
  if (by === 'holder' && sentLately >= photosADay) return no('sent-too-often', { most: photosADay })
  const { minWidth, minHeight, proportions } = rules
  if (width < minWidth || height < minHeight)
    return no('picture-too-small', { width, height, minWidth, minHeight })
  const wanted = proportions.width / proportions.height
  const share = Math.abs(width / height / wanted - 1) * 100
  if (share > proportions.tolerancePercent)
    return no('picture-shape', { width, height, wide: proportions.width, high: proportions.height })
  if (sameAs !== null) return no('photo-of-another', { studentNumber: sameAs })
  return yes({})
}

/** Why the office does not accept a holder's photo; each has its sentence for the holder. */
export const declineReasons = [
  'not-the-person',
  'face-hidden',
  'several-people',
  'not-recent',
  'background',
  'poor',
] as const
export type DeclineReason = (typeof declineReasons)[number]

/** A photo that waits for an answer, as far as the answer asks. */
export interface Waiting {
  answered: boolean
}

export type AnswerRefusal = 'no-such-photo' | 'photo-answered'

/** Whether a holder's photo is answered: it is there, and nobody has answered it. */
export function mayAnswer(photo: Waiting | null): Decision<object, AnswerRefusal> {
  if (photo === null) return no('no-such-photo')
  return photo.answered ? no('photo-answered') : yes({})
}

/** Whether a photo is so old that a clerk looks twice. */
export const isOld = (
  takenInOn: Temporal.PlainDate,
  { oldAfterYears }: Pick<PhotoRules, 'oldAfterYears'>,
  today: Temporal.PlainDate,
): boolean => Temporal.PlainDate.compare(takenInOn.add({ years: oldAfterYears }), today) <= 0
