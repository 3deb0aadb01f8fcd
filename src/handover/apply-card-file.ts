import type { FileWill } from '../card/file-store.ts'
import { type TakeRefusal, takeCardFile } from '../card/take-file.ts'
import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { type HeldCard, recordHealthCheckCards, recordOldCards } from './record-held.ts'

/** When a card was given whose file knows only the day: noon there, and never later than now. */
function givenAt(on: string, zone: string, now: Temporal.Instant): Temporal.Instant {
  const noon = Temporal.PlainDate.from(on).toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).toInstant()
  return Temporal.Instant.compare(noon, now) < 0 ? noon : now
}

/** What applying a file did: its counts, and which card each chip number became. */
export interface AppliedCardFile {
  will: FileWill
  cards: { cardId: number; chip: string; studentNumber: string | null }[]
}

/**
 * Applies an uploaded file of cards: takes the cards into the register, and where students hold them already, records
 * since when: the cards of before Gatehouse with their campus access, those of the health examination without.
 */
export async function applyCardFile(
  act: Act,
  which: { uploadId: number; seal: string },
): Promise<Decision<AppliedCardFile, TakeRefusal>> {
  const done = await takeCardFile(act, which)
  if (!done.ok) return done
  const { zone } = (await programmeInForce(act)).campus
  const held = done.cards.flatMap(({ cardId, personId, card }): HeldCard[] =>
    personId === null || card.heldSince === null
      ? []
      : [{ cardId, personId, edition: card.edition, since: givenAt(card.heldSince, zone, act.now) }],
  )
  if (done.kind === 'old-cards') await recordOldCards(act, held)
  if (done.kind === 'health-check') await recordHealthCheckCards(act, held)
  return yes({
    will: done.will,
    cards: done.cards.map(({ cardId, card }) => ({
      cardId,
      chip: card.chip,
      studentNumber: card.studentNumber,
    })),
  })
}
