import { Type } from 'typebox'
import type { Language } from '../lib/words.ts'
import { joined, piecesOf } from '../programme/notice.ts'
import { programmeInForce } from '../programme/store.ts'
import { templateValues } from '../programme/template.ts'
import type { Act } from '../server/register.ts'
import { extrasOf } from './rules.ts'
import { extraFacts } from './store.ts'

const State = Type.Enum(['ask-yourself', 'set-up-again', 'done'])

/** The checklist of what stays on the old card, as the API and the page show it. */
export const ExtrasShape = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      owner: Type.String({ description: 'Who sets it up for the new card' }),
      advice: Type.String(),
      state: State,
      doors: Type.Array(
        Type.Object({
          id: Type.String(),
          door: Type.String(),
          building: Type.String(),
          owner: Type.String(),
          grantedAt: Type.String({ format: 'date-time' }),
          state: State,
        }),
      ),
    }),
  ),
})
export type ExtrasList = Type.Static<typeof ExtrasShape>

/** The person's checklist in one language; empty for who has no old card. */
export async function listExtras(act: Act, personId: number, language: Language): Promise<ExtrasList> {
  const programme = await programmeInForce(act)
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const values = templateValues(programme, language, today)
  const extras = extrasOf(programme, await extraFacts(act, personId, programme))
  return {
    items: extras.map(({ item, state, doors }) => ({
      id: item.id,
      name: item.name[language],
      owner: item.owner[language],
      advice: joined(piecesOf(programme, item.advice[language], values)),
      state,
      doors: doors.map(({ grant, state: doorState }) => ({
        id: grant.doorId,
        door: grant.door[language],
        building: grant.building[language],
        owner: grant.owner[language],
        grantedAt: grant.grantedAt.toString(),
        state: doorState,
      })),
    })),
  }
}
