import { Type } from 'typebox'
import type { Programme } from '../programme/shape.ts'
import type { Act } from '../server/register.ts'
import { isOld } from './rules.ts'
import { photoOf } from './store.ts'

/** A person's photo as a clerk compares it: where its picture is, since when it is kept, and whether it is old. */
export const PhotoAtDesk = Type.Object({
  id: Type.Integer({ description: 'Its picture is at /api/v1/photos/{id}/picture' }),
  takenInOn: Type.String({ format: 'date' }),
  old: Type.Boolean({ description: 'So old that the clerk looks twice' }),
})
export type PhotoAtDesk = Type.Static<typeof PhotoAtDesk>

/** The photo that counts for a person, in the campus's days; null where none is kept. */
export async function photoAtDesk(
  act: Act,
  personId: number,
  programme: Programme,
): Promise<PhotoAtDesk | null> {
  if (programme.photos === undefined) return null
  const photo = await photoOf(act, personId)
  if (photo === null) return null
  const day = (at: Temporal.Instant) => at.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const takenInOn = day(photo.takenInAt)
  return {
    id: photo.id,
    takenInOn: takenInOn.toString(),
    old: isOld(takenInOn, programme.photos, day(act.now)),
  }
}
