import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { lockHolder } from '../roster/store.ts'
import { type Act, actorName } from '../server/register.ts'
import type { Picture } from './read-picture.ts'
import {
  maySend,
  mayTakePhoto,
  type PhotoRefusal,
  type PhotoWarning,
  type SendingRefusal,
  warningsOf,
} from './rules.ts'
import { keepPhoto, knownFile } from './store.ts'

/** A photo that was taken in; `again` where this very file was the person's newest already, and nothing happened. */
export interface TakenPhoto {
  photoId: number
  warnings: PhotoWarning[]
  again: boolean
}

/**
 * Takes a picture in as somebody's photo: of the office's own it counts at once, a holder's waits until the office has
 * looked at it, in place of one that waited before.
 */
export async function takePhoto(
  act: Act,
  { personId, by, picture }: { personId: number; by: 'office' | 'holder'; picture: Picture },
): Promise<Decision<TakenPhoto, PhotoRefusal>> {
  await lockHolder(act, personId)
  const { photos } = await programmeInForce(act)
  const known = await knownFile(act, { personId, by, fileHash: picture.fileHash })
  const warnings = warningsOf(picture.measured)
  if (known.again !== null) return yes({ photoId: known.again, warnings, again: true })
  const may = mayTakePhoto(photos, picture.measured, { by, ...known })
  if (!may.ok) return may
  const photoId = await keepPhoto(act, { personId, by, picture, warnings, who: actorName(act.actor) })
  await act.note({
    act: by === 'office' ? 'photo taken in' : 'photo sent',
    personId,
    facts: { photo: photoId, warnings: warnings.join(' ') },
  })
  return yes({ photoId, warnings, again: false })
}

/**
 * Counts that a holder sends a picture, before it is unpacked, so that one that ends this process has counted; `again` where
 * this very file is their newest already, so that nothing needs to be. Refuses what `maySend` refuses.
 */
export async function trySending(
  act: Act,
  { personId, fileHash }: { personId: number; fileHash: Buffer },
): Promise<Decision<{ again: boolean }, SendingRefusal>> {
  await lockHolder(act, personId)
  const { photos } = await programmeInForce(act)
  const known = await knownFile(act, { personId, by: 'holder', fileHash })
  if (known.again !== null) return yes({ again: true })
  const may = maySend(photos, known)
  if (!may.ok) return may
  await act.note({ act: 'photo tried', personId })
  return yes({ again: false })
}

/** Gives a try back for which a holder got no verdict on the picture, for no fault of theirs. */
export const giveTryBack = (act: Act, personId: number): Promise<void> =>
  act.note({ act: 'photo try given back', personId })
