import { Type } from 'typebox'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { Moment, orNull } from '../server/shapes.ts'
import { declineReasons } from './rules.ts'
import { newestSent, photoOf } from './store.ts'

/** How it stands with a holder's photo: the one that counts, and what became of the one that they sent. */
export const PhotoStanding = Type.Object({
  holdersSend: Type.Boolean({ description: 'Whether a holder may send one' }),
  rules: orNull(
    Type.Object({
      minWidth: Type.Integer(),
      minHeight: Type.Integer(),
      wide: Type.Integer(),
      high: Type.Integer(),
    }),
  ),
  takenInAt: orNull(Moment),
  sent: orNull(
    Type.Object({
      at: Moment,
      state: Type.Enum(['waits', 'accepted', 'declined']),
      reason: orNull(Type.Enum([...declineReasons])),
    }),
  ),
})
export type PhotoStanding = Type.Static<typeof PhotoStanding>

const states = new Map([
  [null, 'waits'],
  [true, 'accepted'],
  [false, 'declined'],
] as const)

/** How it stands with a person's photo. */
export async function photoStanding(act: Act, personId: number): Promise<PhotoStanding> {
  const { photos } = await programmeInForce(act)
  const [counts, sent] = [await photoOf(act, personId), await newestSent(act, personId)]
  const shown = sent && (sent.accepted !== true || sent.id === counts?.id) ? sent : null
  return {
    holdersSend: photos?.holdersSend ?? false,
    rules: photos
      ? {
          minWidth: photos.minWidth,
          minHeight: photos.minHeight,
          wide: photos.proportions.width,
          high: photos.proportions.height,
        }
      : null,
    takenInAt: counts?.takenInAt.toString() ?? null,
    sent: shown && {
      at: shown.takenInAt.toString(),
      state: states.get(shown.accepted)!,
      reason: shown.reason,
    },
  }
}
